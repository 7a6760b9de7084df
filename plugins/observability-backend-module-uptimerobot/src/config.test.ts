import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readUptimeRobotConfig } from './config';

const read = (data: JsonObject) =>
  readUptimeRobotConfig(mockServices.rootConfig({ data }));

describe('readUptimeRobotConfig', () => {
  it('reads the instances', () => {
    expect(
      read({
        observability: {
          uptimeRobot: {
            instances: [
              { apiKey: ' ur1 ', baseUrl: 'http://127.0.0.1:7202/v3/' },
              { name: 'other', apiKey: 'ur2', webhookSecret: 's' },
            ],
          },
        },
        uptimerobot: { apiKey: 'older' },
      }),
    ).toMatchObject({
      names: ['default', 'other'],
      misconfigured: [],
      instances: [
        {
          name: 'default',
          apiKey: 'ur1',
          baseUrl: 'http://127.0.0.1:7202',
          apiKeySetting: 'observability.uptimeRobot.instances[0].apiKey',
        },
        {
          name: 'other',
          baseUrl: 'https://api.uptimerobot.com',
          webhookSecret: 's',
        },
      ],
    });
  });

  it('reads the settings of the plugins that people come from', () => {
    expect(read({ uptimerobot: { apiKey: 'ur1' } })).toMatchObject({
      instances: [
        {
          name: 'default',
          apiKey: 'ur1',
          apiKeySetting: 'uptimerobot.apiKey',
        },
      ],
    });
    expect(
      read({ uptimerobot: { apiKeys: [{ name: 'shop', key: 'ur2' }] } }),
    ).toMatchObject({
      names: ['shop'],
      instances: [
        {
          name: 'shop',
          apiKey: 'ur2',
          apiKeySetting: 'uptimerobot.apiKeys[0].key',
        },
      ],
    });
    expect(read({})).toEqual({ instances: [], misconfigured: [], names: [] });
  });

  it('says which key is missing, where the monitors would stand', () => {
    const { instances, misconfigured } = read({
      observability: { uptimeRobot: { instances: [{ name: 'shop' }] } },
    });
    expect(instances).toEqual([]);
    expect(misconfigured).toMatchObject([
      {
        instance: 'shop',
        message: expect.stringContaining(
          'observability.uptimeRobot.instances[0].apiKey',
        ),
      },
    ]);
    expect(
      misconfigured[0].select?.({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'web',
          annotations: { 'uptimerobot.com/monitors': '1' },
        },
      }),
    ).toMatchObject({ targets: [{ key: '1' }] });
    expect(read({ uptimerobot: {} }).misconfigured).toMatchObject([
      { message: expect.stringContaining('uptimerobot.apiKey') },
    ]);
  });
});
