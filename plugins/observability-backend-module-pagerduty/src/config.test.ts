import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readPagerDutyConfig } from './config';

const read = (data: JsonObject) => readPagerDutyConfig(new ConfigReader(data));

describe('the configuration', () => {
  it('has accounts, each with its own address and rights', () => {
    const { accounts, misconfigured, names } = read({
      observability: {
        pagerDuty: {
          accounts: [
            { apiToken: 'a' },
            {
              name: 'eu',
              apiToken: 'b',
              baseUrl: 'https://api.eu.pagerduty.com/',
              webhookSecret: 'c',
              allowOverrides: true,
              schedule: { frequency: { minutes: 2 } },
            },
          ],
        },
      },
      pagerDuty: { apiToken: 'ignored' },
    });
    expect(misconfigured).toEqual([]);
    expect(names).toEqual(['default', 'eu']);
    expect(accounts).toEqual([
      {
        name: 'default',
        apiToken: 'a',
        baseUrl: 'https://api.pagerduty.com',
        allowOverrides: false,
      },
      {
        name: 'eu',
        apiToken: 'b',
        baseUrl: 'https://api.eu.pagerduty.com',
        webhookSecret: 'c',
        allowOverrides: true,
        schedule: { frequencySeconds: 120, timeoutSeconds: 100 },
      },
    ]);
  });

  it('falls back to the settings of PagerDuty’s own plugin', () => {
    expect(
      read({
        pagerDuty: { apiToken: 'a', apiBaseUrl: 'https://pd.example.com' },
      }).accounts,
    ).toEqual([
      {
        name: 'default',
        apiToken: 'a',
        baseUrl: 'https://pd.example.com',
        allowOverrides: false,
      },
    ]);
    const { accounts, misconfigured, names } = read({
      pagerDuty: {
        accounts: [
          { id: 'one', isDefault: true, apiToken: 'a' },
          { id: 'two', oauth: { clientId: 'id', clientSecret: 'hidden' } },
        ],
      },
    });
    expect(accounts).toMatchObject([{ name: 'one', apiToken: 'a' }]);
    expect(names).toEqual(['one', 'two']);
    expect(misconfigured).toEqual([
      {
        provider: 'pagerduty',
        title: 'PagerDuty',
        instance: 'two',
        message: expect.stringContaining('OAuth, which is not supported'),
      },
    ]);
    expect(JSON.stringify(misconfigured)).not.toContain('hidden');
  });

  it('that cannot be used is told with its key', () => {
    expect(
      read({ observability: { pagerDuty: { accounts: [{ name: 'x' }] } } })
        .misconfigured,
    ).toEqual([
      expect.objectContaining({
        instance: 'x',
        message: expect.stringContaining(
          'observability.pagerDuty.accounts[0].apiToken',
        ),
      }),
    ]);
    expect(read({}).accounts).toEqual([]);
  });
});
