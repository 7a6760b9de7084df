import { connectionFailure } from './failures';

const asked = { host: 'sentry.example.com', operation: 'list issues' };

function errorWith(code: string): Error {
  const cause = Object.assign(new Error('hidden'), { code });
  return new TypeError('fetch failed', { cause });
}

describe('connectionFailure', () => {
  it.each([
    [
      'ENOTFOUND',
      'unavailable',
      /cannot be resolved \(ENOTFOUND\): check/,
      false,
    ],
    ['EAI_AGAIN', 'unavailable', /cannot be resolved/, 'idempotent'],
    ['ECONNRESET', 'unavailable', /cannot be reached/, 'idempotent'],
    ['UND_ERR_SOCKET', 'unavailable', /cannot be reached/, 'idempotent'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /in time/, 'idempotent'],
    ['ETIMEDOUT', 'timeout', /in time/, 'idempotent'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unavailable', /NODE_EXTRA_CA_CERTS/, false],
    ['CERT_HAS_EXPIRED', 'unavailable', /is not trusted/, false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unavailable', /not trusted/, false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unavailable', /not trusted/, false],
  ])('tells what %s means', (code, expected, message, transient) => {
    const failure = connectionFailure(asked, errorWith(code), 'connecting');
    expect(failure).toMatchObject({ code: expected, transient });
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain('sentry.example.com');
    expect(failure.message).not.toContain('hidden');
  });

  it('finds the reason among several addresses that were tried', () => {
    const failure = connectionFailure(
      asked,
      new TypeError('fetch failed', {
        cause: new AggregateError([errorWith('ECONNREFUSED')]),
      }),
      'connecting',
    );
    expect(failure.message).toContain('(ECONNREFUSED)');
  });

  it('tells of a body that was cut off, whatever the reason', () => {
    expect(
      connectionFailure(asked, errorWith('UND_ERR_SOCKET'), 'reading'),
    ).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('was cut off'),
      transient: 'idempotent',
    });
    expect(connectionFailure(asked, 'odd', 'reading').code).toBe('unavailable');
  });
});
