import { z } from 'zod/v4';

const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    /** A list, or lists by field. */
    errors: z
      .union([
        z.array(z.string()),
        z
          .record(z.string(), z.array(z.string()))
          .transform(fields => Object.values(fields).flat()),
      ])
      .catch([]),
  }),
});

/** The sentence in which PagerDuty says what is wrong, with what it says of the fields. */
export function readErrors(_status: number, text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { message, errors } = parsed.data.error;
  return [message, ...errors].filter(Boolean).join('; ') || undefined;
}
