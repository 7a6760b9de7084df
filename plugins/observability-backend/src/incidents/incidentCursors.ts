import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { toStorable } from '../database/database';
import { IncidentPosition, TimelinePosition } from './IncidentStore';

const textSchema = z.string().refine(text => toStorable(text) === text);
const listSchema = z.tuple([z.int().min(0).max(99), textSchema, textSchema]);
const timelineSchema = z.tuple([textSchema, textSchema, textSchema]);

/** Opaque to callers. */
export function encodeIncidentCursor(position: IncidentPosition): string {
  return encode([position.rank, position.declaredAt, position.id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeIncidentCursor(text: string): IncidentPosition {
  const [rank, declaredAt, id] = decode(text, listSchema);
  return { rank, declaredAt, id };
}

/** Opaque to callers. */
export function encodeTimelineCursor(position: TimelinePosition): string {
  return encode([position.at, position.recordedAt, position.id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeTimelineCursor(text: string): TimelinePosition {
  const [at, recordedAt, id] = decode(text, timelineSchema);
  return { at, recordedAt, id };
}

function encode(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
  } catch {
    throw new InputError(
      'The cursor cannot be read; take it as it is from nextCursor of an earlier answer',
    );
  }
}
