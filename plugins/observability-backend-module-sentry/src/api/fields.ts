import { z } from 'zod/v4';

/*
 * How single fields of Sentry's answers are read. Only what identifies a thing
 * must be there; anything else that is missing, null or of another type counts
 * as not said, so that a vendor's new habit costs one field and not the page.
 */

/** A string that may be missing. */
export const optionalText = z
  .string()
  .nullish()
  .catch(undefined)
  .transform(value => value ?? undefined);

/** A boolean that may be missing. */
export const optionalFlag = z
  .boolean()
  .nullish()
  .catch(undefined)
  .transform(value => value ?? undefined);

/** A number that may be missing, or written as a string. */
export const optionalNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(undefined)
  .transform(toNumber);

/** An id: a string in most answers, an integer in some. */
export const identifier = z
  .union([z.string().min(1), z.number().int()])
  .transform(String);

/** A finite number out of whatever a cell holds. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
