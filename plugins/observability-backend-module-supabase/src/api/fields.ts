import { z } from 'zod/v4';

/*
 * How single fields of Supabase's answers are read. Only what identifies a thing
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

/** A number that may be missing, or written as a string, as whole numbers of 64 bits are. */
export const optionalNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(undefined)
  .transform(toNumber);

/** Those items of a list that can be read. */
export function listOf<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform(items =>
    items.flatMap(one => {
      const parsed = item.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

function toNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
