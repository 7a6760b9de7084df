import { parseRunbook } from '../parse/parseRunbook';
import { fillCommand, isUnsafeValue, VariableValue } from './fillCommand';
import { VariableContext } from './expressions';
import { resolveVariables, withVariables } from './resolveVariables';

function runbook(options: {
  command: string;
  variables?: string;
  language?: string;
}) {
  const { command, variables, language = 'bash' } = options;
  const lines = command.split('\n').map(line => `   ${line}`);
  return parseRunbook({
    url: 'a.md',
    text: [
      ...(variables ? ['---', `variables: ${variables}`, '---'] : []),
      '## Steps',
      '',
      '1. Run',
      '',
      `   ~~~~${language}`,
      ...lines,
      '   ~~~~',
    ].join('\n'),
  });
}

const context: VariableContext = {
  entity: {
    kind: 'Component',
    metadata: {
      name: 'visioncrm-api',
      annotations: {
        'sentry.io/environment': 'production',
        'backstage.io/kubernetes-namespace': 'crm-prod',
      },
    },
    spec: { owner: 'group:default/crm', system: 'visioncrm', replicas: 3 },
  },
  signal: { metric: 'errors.rate', value: 0.02, subject: 'POST /api/quotes' },
};

describe('which words of a command are variables', () => {
  it.each([
    ['kubectl logs $POD -n ${NAMESPACE}', ['POD', 'NAMESPACE']],
    ['psql <DATABASE_URL> -c {{ QUERY }}', ['DATABASE_URL', 'QUERY']],
    ['echo $POD $POD', ['POD']],
    [
      'echo {{ entity.metadata.name }} {{signal.value}}',
      ['entity.metadata.name', 'signal.value'],
    ],
    // A command gives it a value.
    ['POD=web-1\necho $POD', []],
    ['$ export A=1 B="x y"\necho $A ${B} $C', ['C']],
    ['A=1 B=2 run $A $B', []],
    ['for POD in $(ls); do echo $POD; done', []],
    ['read -r -p x NAME; echo $NAME', []],
    ['true && X=$(date) && echo $X', []],
    // A shell gives nothing to these.
    ['POD=<POD>\necho $POD', ['POD']],
    // Others know these.
    ["echo $HOME $PATH | awk '{print $NF}'", []],
    ['echo $lower ${lower} {{ lower }} <lower> $1 $? $$ $(NAME)', []],
    ['echo \\$POD ${POD:-web} ${POD%x}', []],
    ["docker inspect -f '{{ .State }}' {{range X}}", []],
    ['cat <<EOF\nx\nEOF', []],
  ])('%s', (command, names) => {
    expect(runbook({ command }).variableNames).toEqual(names);
  });

  it('takes all that the runbook declares, in any case', () => {
    const { variableNames } = runbook({
      command: 'deploy $app {{ deployment }} <pod-name> ${app} {{ other }}',
      variables: '[app, deployment, pod-name]',
    });
    expect(variableNames).toEqual(['app', 'deployment', 'pod-name']);
  });

  it('does not take a comparison of a query for an assignment', () => {
    expect(
      runbook({ command: 'SELECT 1\n  WHERE ID=$ID\n;ID=$ID', language: 'sql' })
        .variableNames,
    ).toEqual(['ID']);
  });
});

describe('resolveVariables', () => {
  const resolve = (command: string, variables?: string, given = context) =>
    resolveVariables(runbook({ command, variables }), given);

  it('fills them from the runbook, the entity, its annotations and the signal', () => {
    expect(
      resolve(
        'x {{ app }} {{ env }} {{ scope }} {{ url }} {{ signal.value }} {{ entity.owner }} {{ entity.namespace }}',
        "{ app: '{{ entity.metadata.name }}', env: \"{{ entity.metadata.annotations['sentry.io/environment'] }}\", scope: visioncrm, url: 'https://{{ entity.name }}.example/{{ entity.spec.replicas }}' }",
      ),
    ).toMatchObject([
      {
        name: 'app',
        value: 'visioncrm-api',
        source: 'entity',
        sourceName: 'metadata.name',
        neededBy: [0],
      },
      {
        name: 'env',
        value: 'production',
        source: 'annotation',
        sourceName: 'sentry.io/environment',
      },
      { name: 'scope', value: 'visioncrm', source: 'runbook' },
      {
        name: 'url',
        value: 'https://visioncrm-api.example/3',
        source: 'entity',
      },
      {
        name: 'signal.value',
        value: '0.02',
        source: 'signal',
        sourceName: 'value',
      },
      { name: 'entity.owner', value: 'group:default/crm', source: 'entity' },
      { name: 'entity.namespace', value: 'default', source: 'entity' },
    ]);
  });

  it('leaves a variable unfilled of which a part is not known', () => {
    for (const value of [
      "'a-{{ entity.spec.none }}'",
      "'{{ entity.spec }}'",
      "'{{ entity.constructor.name }}'",
      "'{{ entity.spec.__proto__ }}'",
      "'{{ process.env }}'",
      "'{{ entity }}'",
      "'{{ entity..name| }}'",
    ]) {
      const [variable] = resolve('x {{ app }}', `{ app: ${value} }`);
      expect(variable).toEqual({
        name: 'app',
        unsafe: false,
        neededBy: [0],
        suggestions: expect.any(Array),
      });
    }
    expect(resolve('x {{ entity.name }}', undefined, {})[0]).not.toHaveProperty(
      'value',
    );
  });

  it('suggests what a name most likely stands for, and takes nothing by itself', () => {
    expect(resolve('x $NAMESPACE $APP $COLOUR')).toEqual([
      expect.objectContaining({
        name: 'NAMESPACE',
        suggestions: [
          { value: 'crm-prod', reason: 'backstage.io/kubernetes-namespace' },
        ],
      }),
      expect.objectContaining({
        name: 'APP',
        suggestions: [{ value: 'visioncrm-api', reason: 'metadata.name' }],
      }),
      { name: 'COLOUR', unsafe: false, neededBy: [0], suggestions: [] },
    ]);
  });

  it('says of each command what is still missing', () => {
    const parsed = runbook({ command: 'x $POD {{ entity.name }}' });
    expect(parsed.steps[0].commands[0].unresolved).toEqual([
      'POD',
      'entity.name',
    ]);
    expect(
      withVariables(parsed.steps, resolveVariables(parsed, context))[0]
        .commands[0].unresolved,
    ).toEqual(['POD']);
  });
});

describe('fillCommand', () => {
  const [command] = runbook({
    command: 'run $POD --app {{ app }} "$POD" $$ \\$POD',
    variables: '[app]',
  }).steps[0].commands;
  const fill = (values: Record<string, VariableValue>) =>
    fillCommand(command, new Map(Object.entries(values)));

  it('puts the values in, says where they come from and what is missing', () => {
    expect(
      fill({
        app: { value: 'web', source: 'entity', sourceName: 'metadata.name' },
      }),
    ).toEqual({
      text: 'run $POD --app web "$POD" $$ \\$POD',
      parts: [
        { text: 'run ' },
        { text: '$POD', variable: 'POD' },
        { text: ' --app ' },
        {
          text: 'web',
          variable: 'app',
          source: 'entity',
          sourceName: 'metadata.name',
        },
        { text: ' "' },
        { text: '$POD', variable: 'POD' },
        { text: '" $$ \\$POD' },
      ],
      unresolved: ['POD'],
      unsafe: [],
    });
  });

  it('takes a value for text, whatever is in it, and marks what a shell would read', () => {
    const filled = fill({
      POD: { value: '{{ app }} $& $(reboot)', source: 'person' },
      app: { value: 'web', source: 'person' },
    });
    expect(filled.text).toBe(
      'run {{ app }} $& $(reboot) --app web "{{ app }} $& $(reboot)" $$ \\$POD',
    );
    expect(filled.unsafe).toEqual(['POD']);
    expect(filled.parts[1]).toMatchObject({ unsafe: true, source: 'person' });
  });

  it('counts an empty value for none', () => {
    expect(fill({ POD: { value: '', source: 'person' } }).unresolved).toEqual([
      'POD',
      'app',
    ]);
  });

  it.each([
    ['visioncrm-api', false],
    ['https://a.example:8080/x_y?', true],
    ['https://a.example:8080/x_y=1,2%20@+', false],
    ['déploiement-2', false],
    ['a b', true],
    ['a;b', true],
    ['`a`', true],
    ['$(a)', true],
    ["a'b", true],
    ['a\nb', true],
    ['a\u0000', true],
    ['a\u200Bb', true],
    ['--force', true],
    ['*', true],
    ['~/x', true],
    ['{{ a }}', true],
  ])('knows whether a shell takes %j for more than a word', (value, unsafe) => {
    expect(isUnsafeValue(value)).toBe(unsafe);
  });
});
