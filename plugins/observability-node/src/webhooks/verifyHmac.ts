import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a webhook was signed with the secret: an HMAC over the raw body, as it
 * arrived, compared in constant time. Without a secret nothing is.
 *
 * @public
 */
export function verifyHmac(options: {
  algorithm: 'sha1' | 'sha256' | 'sha512';
  secret: string;
  rawBody: Buffer;
  /** As the header has it; `undefined` where there is none. */
  signature: string | undefined;
  /** Default: `hex`, in which case upper and lower case are the same. */
  encoding?: 'hex' | 'base64';
}): boolean {
  const { algorithm, secret, rawBody, signature, encoding = 'hex' } = options;
  if (!secret || !signature) return false;
  const expected = createHmac(algorithm, secret)
    .update(rawBody)
    .digest(encoding);
  const given = encoding === 'hex' ? signature.toLowerCase() : signature;
  // As text: decoding would forgive what follows the first wrong character.
  const expectedBytes = Buffer.from(expected);
  const givenBytes = Buffer.from(given);
  return (
    expectedBytes.length === givenBytes.length &&
    timingSafeEqual(expectedBytes, givenBytes)
  );
}
