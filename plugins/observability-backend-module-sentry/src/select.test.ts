import { entityWith } from './__testUtils__/harness';
import { parseTargetKey, selectTargets } from './select';

const one = { organization: 'acme', organizations: ['acme'] };
const PROJECTS = 'sentry.io/project-slug';
const ENVIRONMENTS = 'sentry.io/environment';

function keysOf(
  projects: string,
  options = one,
  environments?: string,
): [string, boolean | undefined][] {
  const { targets, misconfigurations } = selectTargets(
    entityWith({
      [PROJECTS]: projects,
      ...(environments === undefined ? {} : { [ENVIRONMENTS]: environments }),
    }),
    options,
  );
  expect(misconfigurations).toEqual([]);
  return targets.map(({ key, candidate }) => [key, candidate]);
}

describe('select', () => {
  it('finds nothing on an entity without the annotation', () => {
    expect(selectTargets(entityWith({}), one)).toEqual({
      targets: [],
      misconfigurations: [],
    });
  });

  it('takes slugs with and without organisation, in a tolerant list, each once', () => {
    expect(keysOf(' web , acme/api,,ACME / Web ,4507100000000002')).toEqual([
      ['acme/web', false],
      ['acme/api', false],
      ['acme/4507100000000002', false],
    ]);
  });

  it('makes environments part of the target, in whatever order they are named', () => {
    expect(keysOf('web', one, 'staging, Production')).toEqual([
      ['acme/web@Production,staging', false],
    ]);
    expect(parseTargetKey('acme/web@Production,staging')).toEqual({
      slug: 'web',
      environments: ['Production', 'staging'],
    });
    expect(parseTargetKey('acme/web')).toEqual({
      slug: 'web',
      environments: [],
    });
  });

  it('leaves projects of another organisation to its instance', () => {
    const options = { organization: 'acme', organizations: ['acme', 'other'] };
    expect(keysOf('other/web, acme/api', options)).toEqual([
      ['acme/api', false],
    ]);
  });

  it('is one of several candidates for a slug that says no organisation, or one that several instances serve', () => {
    const options = { organization: 'acme', organizations: ['acme', 'other'] };
    expect(keysOf('web', options)).toEqual([['acme/web', true]]);
    expect(keysOf('web, acme/web', options)).toEqual([['acme/web', false]]);
    expect(keysOf('acme/web, web', options)).toEqual([['acme/web', false]]);
    const twice = { organization: 'acme', organizations: ['acme', 'Acme'] };
    expect(keysOf('acme/web', twice)).toEqual([['acme/web', true]]);
  });

  it.each([
    ['', /names no project/],
    [' , ', /names no project/],
    ['a/b/c', /"a\/b\/c" cannot be read: expected a project slug/],
    ['acme/', /"acme\/" cannot be read/],
    ['web app', /cannot be read/],
    ['<script>', /cannot be read/],
    [`${'x'.repeat(5000)}`, /"x{99}…" cannot be read/],
    ['nobody/web', /organisation "nobody": the configured ones are acme, b/],
  ])('tells what is wrong with %.20j', (projects, message) => {
    const { targets, misconfigurations } = selectTargets(
      entityWith({ [PROJECTS]: projects }),
      { organization: 'acme', organizations: ['acme', 'b', 'acme'] },
    );
    expect(targets).toEqual([]);
    expect(misconfigurations).toEqual([
      { annotation: PROJECTS, message: expect.stringMatching(message) },
    ]);
  });

  it('uses what can be read beside what cannot', () => {
    const { targets, misconfigurations } = selectTargets(
      entityWith({ [PROJECTS]: 'web, we b' }),
      one,
    );
    expect(targets.map(({ key }) => key)).toEqual(['acme/web']);
    expect(misconfigurations).toHaveLength(1);
  });

  it.each(['', 'a/b', 'x'.repeat(65), 'line\nbreak'])(
    'reads no other environments instead of %.20j',
    environments => {
      const { targets, misconfigurations } = selectTargets(
        entityWith({ [PROJECTS]: 'web', [ENVIRONMENTS]: environments }),
        one,
      );
      expect(targets).toEqual([]);
      expect(misconfigurations).toEqual([
        { annotation: ENVIRONMENTS, message: expect.any(String) },
      ]);
    },
  );

  it('survives an annotation that is no text', () => {
    const entity = entityWith({});
    Object.assign(entity.metadata.annotations!, { [PROJECTS]: 42 });
    expect(selectTargets(entity, one).misconfigurations).toHaveLength(1);
  });
});
