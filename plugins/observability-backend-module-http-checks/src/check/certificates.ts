import type { TLSSocket } from 'node:tls';
import { CheckFailure } from './CheckFailure';

/** When the server's certificate ends, whether or not it can be trusted. */
export function certificateExpiryOf(socket: TLSSocket): Date | undefined {
  const { valid_to: text } = socket.getPeerCertificate();
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** What is wrong with a certificate, by the code that verification ended with. */
export function certificateFailure(
  code: string,
  details: { host: string; expiresAt?: Date },
): CheckFailure {
  const { host, expiresAt } = details;
  const day = expiresAt?.toISOString().slice(0, 10);
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return new CheckFailure(`certificate expired${day ? ` on ${day}` : ''}`);
    case 'CERT_NOT_YET_VALID':
      return new CheckFailure('certificate is not valid yet');
    case 'CERT_REVOKED':
      return new CheckFailure('certificate was revoked');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return new CheckFailure(`certificate is not for ${host}`);
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return new CheckFailure('certificate is self-signed');
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return new CheckFailure(
        'certificate is of an authority that is not known, or its chain is not complete',
      );
    default:
      return new CheckFailure(`certificate cannot be trusted (${code})`);
  }
}
