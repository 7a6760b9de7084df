/** What a person reads who meets the picker where it is refused. */
export const REFUSED_MESSAGE =
  'The person picker signs anybody in as anybody, so it works in development only. ' +
  'Give this portal an identity provider under auth.providers, with its backend module and its sign-in page.';

/**
 * Whether the picker may sign anyone in. It fails closed: an environment that
 * does not call itself `development` or `test` is taken for production.
 */
export function isPickerAllowed(
  environment: string | undefined = process.env.NODE_ENV,
): boolean {
  return environment === 'development' || environment === 'test';
}
