import { z } from 'zod/v4';

/*
 * How single fields of a vendor's answers are read. Only what identifies a thing
 * must be there; anything else that is missing, null or of another type counts
 * as not said, so that a vendor's new habit costs one field and not the page.
 */

/**
 * A string of a vendor's answer that may be missing.
 *
 * @public
 */
export const optionalText = z
  .string()
  .nullish()
  .catch(undefined)
  .transform(value => value ?? undefined);

/**
 * A boolean of a vendor's answer that may be missing.
 *
 * @public
 */
export const optionalFlag = z
  .boolean()
  .nullish()
  .catch(undefined)
  .transform(value => value ?? undefined);

/**
 * A number of a vendor's answer that may be missing, or written as a string, as
 * whole numbers of 64 bits often are.
 *
 * @public
 */
export const optionalNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(undefined)
  .transform(finiteNumber);

/**
 * What names a thing in a vendor's answer: a string in most, a whole number in some.
 * The only kind of field without which an item cannot be used.
 *
 * @public
 */
export const vendorId = z
  .union([z.string().min(1), z.number().int()])
  .transform(String);

/**
 * Those items of a list that can be read; the others are left out.
 *
 * @public
 */
export function readableItems<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform(items =>
    items.flatMap(one => {
      const parsed = item.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

/**
 * A finite number out of whatever a cell holds; blank text is none.
 *
 * @public
 */
export function finiteNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
