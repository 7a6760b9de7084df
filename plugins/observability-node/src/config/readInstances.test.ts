import { mockServices } from '@backstage/backend-test-utils';
import { readBaseUrl } from './readBaseUrl';
import { readInstances } from './readInstances';
import { readSchedule } from './readSchedule';

const KEY = 'observability.fake.instances';

function read(instances: unknown) {
  const data = JSON.parse(
    JSON.stringify({ observability: { fake: { instances } } }),
  );
  return readInstances({
    config: mockServices.rootConfig({ data }),
    key: KEY,
    provider: 'fake',
    title: 'Fake',
    read: ({ config, name, key }) => ({
      name,
      key,
      token: config.getString('token'),
      baseUrl: readBaseUrl(config, { default: 'https://fake.example.com/' }),
      schedule: readSchedule(config),
    }),
    describe: ({ config }) => ({
      annotations: [config.getString('annotation')],
    }),
  });
}

describe('readInstances', () => {
  it('reads each instance, with the defaults of what is left out', () => {
    expect(
      read([
        { token: 'one' },
        {
          name: 'eu',
          token: 'two',
          baseUrl: 'http://127.0.0.1:8080/fake/',
          schedule: { frequency: '2 minutes', timeout: { seconds: 90 } },
        },
        { name: 'us', token: 'three', schedule: { frequency: { minutes: 1 } } },
      ]),
    ).toEqual({
      misconfigured: [],
      instances: [
        {
          name: 'default',
          key: `${KEY}[0]`,
          token: 'one',
          baseUrl: 'https://fake.example.com',
          schedule: undefined,
        },
        {
          name: 'eu',
          key: `${KEY}[1]`,
          token: 'two',
          baseUrl: 'http://127.0.0.1:8080/fake',
          schedule: { frequencySeconds: 120, timeoutSeconds: 90 },
        },
        expect.objectContaining({
          name: 'us',
          schedule: { frequencySeconds: 60, timeoutSeconds: 50 },
        }),
      ],
    });
    expect(read(undefined)).toEqual({ instances: [], misconfigured: [] });
  });

  it('tells what is wrong with one instance, naming its key, and uses the others', () => {
    const { instances, misconfigured } = read([
      { name: 'no-token', annotation: 'fake.example.com/id' },
      { name: 'bad-type', token: 5 },
      {
        name: 'bad-url',
        token: 'x',
        baseUrl: 'https://me:hunter2@example.com',
      },
      { name: 'bad-scheme', token: 'x', baseUrl: 'ftp://example.com' },
      {
        name: 'bad-pace',
        token: 'x',
        schedule: { frequency: { cron: '* * * * *' } },
      },
      { name: 'no-pace', token: 'x', schedule: { frequency: { seconds: 0 } } },
      { name: 'a,b', token: 'x' },
      { name: 'good', token: 'x' },
    ]);
    expect(instances).toEqual([expect.objectContaining({ name: 'good' })]);
    const messages = Object.fromEntries(
      misconfigured.map(({ instance, message }) => [instance, message]),
    );
    expect(messages).toEqual({
      'no-token': expect.stringContaining(`'${KEY}[0].token'`),
      'bad-type': expect.stringMatching(/\[1\]\.token.*wanted string/),
      'bad-url': expect.stringMatching(/\[2\].*baseUrl holds a user name/),
      'bad-scheme': expect.stringMatching(/\[3\].*expected https: or http:/),
      'bad-pace': expect.stringMatching(
        /\[4\].*'schedule\.frequency' is not a duration; expected/,
      ),
      'no-pace': expect.stringMatching(/\[5\].*is 0 s; expected more/),
      '#7': expect.stringMatching(/\[6\]\.name' .*expected at most 63 letters/),
    });
    expect(JSON.stringify(messages)).not.toContain('hunter2');
    const find = (instance: string) =>
      misconfigured.find(entry => entry.instance === instance);
    expect(find('no-token')).toMatchObject({
      provider: 'fake',
      title: 'Fake',
      annotations: ['fake.example.com/id'],
    });
    expect(find('bad-type')).not.toHaveProperty('annotations');
  });

  it('uses none of the instances that share a name', () => {
    const { instances, misconfigured } = read([
      { token: 'x' },
      { name: 'other', token: 'x' },
      { name: 'default', token: 'y' },
    ]);
    expect(instances).toEqual([expect.objectContaining({ name: 'other' })]);
    expect(misconfigured).toEqual([
      expect.objectContaining({
        instance: 'default',
        message: `'${KEY}[0]' and '${KEY}[2]' in the configuration are both named 'default'; expected a name of its own for each`,
      }),
    ]);
  });

  it('tells of what is no list and no object', () => {
    expect(read('sentry').misconfigured).toEqual([
      expect.objectContaining({
        instance: 'default',
        message: `'${KEY}' in the configuration is not a list`,
      }),
    ]);
    const { instances, misconfigured } = read([
      { token: 'x' },
      'oops',
      { name: 'eu' },
    ]);
    expect(instances).toEqual([
      expect.objectContaining({ name: 'default', token: 'x' }),
    ]);
    expect(misconfigured).toEqual([
      expect.objectContaining({
        instance: '#2',
        message: expect.stringContaining(`'${KEY}[1]'`),
      }),
      expect.objectContaining({
        instance: 'eu',
        message: expect.stringContaining(`'${KEY}[2].token'`),
      }),
    ]);
  });
});
