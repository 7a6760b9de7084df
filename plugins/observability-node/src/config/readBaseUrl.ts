import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseBaseUrl } from '../http/vendorUrl';

/**
 * Reads the address of a vendor's API, without a slash at its end.
 *
 * @public
 */
export function readBaseUrl(
  config: Config,
  options: { key?: string; default: string },
): string {
  const { key = 'baseUrl', default: defaultUrl } = options;
  const value = config.getOptionalString(key) ?? defaultUrl;
  try {
    return parseBaseUrl(value).href.replace(/\/$/, '');
  } catch (error) {
    throw error instanceof InputError && key !== 'baseUrl'
      ? new InputError(error.message.replace(/^baseUrl/, key))
      : error;
  }
}
