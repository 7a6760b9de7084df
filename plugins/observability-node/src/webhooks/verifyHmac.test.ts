import { verifyHmac } from './verifyHmac';

// Test case 2 of RFC 4231 and of RFC 2202.
const rawBody = Buffer.from('what do ya want for nothing?');
const secret = 'Jefe';
const sha256 =
  '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
const sha1 = 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79';

describe('verifyHmac', () => {
  it('accepts the signature of the raw body, and nothing else', () => {
    const verify = (
      signature: string | undefined,
      other: Partial<Parameters<typeof verifyHmac>[0]> = {},
    ) =>
      verifyHmac({
        algorithm: 'sha256',
        secret,
        rawBody,
        signature,
        ...other,
      });

    expect(verify(sha256)).toBe(true);
    expect(verify(sha256.toUpperCase())).toBe(true);
    expect(verify(sha1, { algorithm: 'sha1' })).toBe(true);
    const base64 = Buffer.from(sha256, 'hex').toString('base64');
    expect(verify(base64, { encoding: 'base64' })).toBe(true);

    expect(verify(undefined)).toBe(false);
    expect(verify('')).toBe(false);
    expect(verify(`${sha256}zz`)).toBe(false);
    expect(verify(sha256.slice(0, -1))).toBe(false);
    expect(verify(`${sha256.slice(0, -1)}4`)).toBe(false);
    expect(verify(base64.toLowerCase(), { encoding: 'base64' })).toBe(false);
    expect(verify(sha256, { rawBody: Buffer.from('other') })).toBe(false);
    expect(verify(sha256, { secret: 'jefe' })).toBe(false);
  });

  it('accepts nothing while there is no secret', () => {
    // The signature that anybody could make.
    const signature =
      'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad';
    expect(
      verifyHmac({
        algorithm: 'sha256',
        secret: '',
        rawBody: Buffer.alloc(0),
        signature,
      }),
    ).toBe(false);
  });
});
