import { readConfig } from '../__testUtils__/checks';

describe('the configuration of HTTP checks', () => {
  it('needs no more than a name and an address', () => {
    const { checks, broken, problems, maxConcurrent, schedule } = readConfig({
      checks: [{ name: 'crm-web', url: 'https://app.acme.example' }],
    });
    expect(checks).toEqual([
      {
        name: 'crm-web',
        url: 'https://app.acme.example/',
        method: 'GET',
        headers: {},
        body: undefined,
        intervalSeconds: 300,
        timeoutSeconds: 10,
        downAfterSeconds: 60,
        expect: {
          status: [{ from: 200, to: 299 }],
          body: undefined,
          bodyContains: undefined,
          json: [],
          headers: {},
          responseMs: undefined,
        },
        followRedirects: true,
        allowPrivateNetworks: false,
      },
    ]);
    expect({ size: broken.size, problems, maxConcurrent, schedule }).toEqual({
      size: 0,
      problems: [],
      maxConcurrent: 250,
      schedule: undefined,
    });
  });

  it('reads everything that can be said of a check', () => {
    const { checks } = readConfig({
      allowPrivateNetworks: true,
      checks: [
        {
          name: 'crm-api',
          url: 'http://10.0.0.8:8080/health?deep=1#top',
          method: 'post',
          headers: { Authorization: 'Bearer abc' },
          body: '{}',
          interval: { seconds: 30 },
          timeout: '5s',
          downAfter: 'PT2M',
          expect: {
            status: [200, '202', '300-302', '4XX'],
            body: ' {"status":"ok"} ',
            bodyContains: 'ok',
            json: [{ path: '$.status', equals: 'ok' }],
            headers: { 'Content-Type': 'application/json' },
            responseMs: 800,
          },
          followRedirects: false,
        },
      ],
    });
    expect(checks).toMatchObject([
      {
        url: 'http://10.0.0.8:8080/health?deep=1',
        method: 'POST',
        headers: { Authorization: 'Bearer abc' },
        body: '{}',
        intervalSeconds: 30,
        timeoutSeconds: 5,
        downAfterSeconds: 120,
        expect: {
          status: [
            { from: 200, to: 200 },
            { from: 202, to: 202 },
            { from: 300, to: 302 },
            { from: 400, to: 499 },
          ],
          body: '{"status":"ok"}',
          json: [{ path: '$.status', equals: 'ok' }],
          headers: { 'content-type': 'application/json' },
          responseMs: 800,
        },
        followRedirects: false,
        allowPrivateNetworks: true,
      },
    ]);
  });

  it('leaves out a check that cannot be used, says which key is wrong, and uses the others', () => {
    const url = 'https://app.acme.example';
    const wrong = {
      'no-url': [{}, /checks\[0\]\.url'/],
      ftp: [{ url: 'ftp://acme.example' }, /\.url' .*begins with https/],
      password: [{ url: 'https://me:hunter2@acme.example' }, /user name or/],
      loopback: [{ url: 'http://2130706433/' }, /\.url' .*private address/],
      mapped: [{ url: 'http://[::ffff:127.0.0.1]/' }, /private address/],
      metadata: [
        { url: 'http://169.254.169.254/', allowPrivateNetworks: true },
        /address that no check may reach/,
      ],
      fast: [{ url, interval: { seconds: 29 } }, /\.interval' .*at least 30 s/],
      patient: [{ url, timeout: { minutes: 5 } }, /\.timeout' .*less than/],
      cron: [{ url, interval: { cron: '* * * * *' } }, /not a duration/],
      method: [{ url, method: 'FETCH' }, /\.method'/],
      header: [{ url, headers: { 'X-A': 'hunter2\n' } }, /headers\.X-A'/],
      host: [{ url, headers: { Connection: 'close' } }, /of the connection/],
      status: [{ url, expect: { status: 'fine' } }, /expect\.status'/],
      backwards: [{ url, expect: { status: '299-200' } }, /expect\.status'/],
      path: [
        { url, expect: { json: [{ path: 'a b', equals: 1 }] } },
        /json\[0\]\.path' .*JSONPath/,
      ],
      typo: [{ url, expects: {} }, /"expects"/],
      expectTypo: [{ url, expect: { code: 200 } }, /\.expect' .*"code"/],
    } as const;
    const { checks, broken } = readConfig({
      checks: [
        ...Object.entries(wrong).map(([name, [written]]) => ({
          name,
          ...written,
        })),
        { name: 'twice', url },
        { name: 'twice', url },
        { name: 'a+b', url },
        { name: 'good', url },
      ],
    });
    expect(checks.map(({ name }) => name)).toEqual(['good']);
    expect(Object.fromEntries(broken)).toEqual({
      ...Object.fromEntries(
        Object.entries(wrong).map(([name, [, message]]) => [
          name,
          expect.stringMatching(message),
        ]),
      ),
      twice: expect.stringContaining("both named 'twice'"),
      '#20': expect.stringContaining('is not a name'),
    });
    for (const message of broken.values()) {
      expect(message).toContain('observability.httpChecks.checks[');
      expect(message).not.toContain('hunter2');
    }
  });

  it('keeps to the defaults where what all checks share cannot be used', () => {
    const { maxConcurrent, schedule, problems } = readConfig({
      maxConcurrent: 0,
      schedule: { frequency: 'often' },
    });
    expect({ maxConcurrent, schedule }).toEqual({
      maxConcurrent: 250,
      schedule: undefined,
    });
    expect(problems).toEqual([
      expect.stringContaining("'observability.httpChecks.maxConcurrent'"),
      expect.stringContaining("'observability.httpChecks.schedule'"),
    ]);
  });
});
