import { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who calls: the reference of a user, or the name of a service. */
export function callerRef(credentials: BackstageCredentials): string {
  return userRefOf(credentials) ?? subjectOf(credentials);
}

/** The user who calls, or `undefined` where it is a service. */
export function userRefOf(
  credentials: BackstageCredentials,
): string | undefined {
  const { userEntityRef } = credentials.principal as {
    userEntityRef?: string;
  };
  return userEntityRef?.toLocaleLowerCase('en-US');
}

function subjectOf(credentials: BackstageCredentials): string {
  const { subject } = credentials.principal as { subject?: string };
  return subject ?? 'unknown';
}
