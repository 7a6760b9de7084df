import { z } from 'zod/v4';
import {
  cursorText,
  decodeOpaqueCursor,
  encodeOpaqueCursor,
} from '../http/opaqueCursor';
import { IncidentPosition, TimelinePosition } from './IncidentStore';

const listSchema = z.tuple([z.int().min(0).max(99), cursorText, cursorText]);
const timelineSchema = z.tuple([cursorText, cursorText, cursorText]);

/** Opaque to callers. */
export function encodeIncidentCursor(position: IncidentPosition): string {
  return encodeOpaqueCursor([position.rank, position.declaredAt, position.id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeIncidentCursor(text: string): IncidentPosition {
  const [rank, declaredAt, id] = decodeOpaqueCursor(text, listSchema);
  return { rank, declaredAt, id };
}

/** Opaque to callers. */
export function encodeTimelineCursor(position: TimelinePosition): string {
  return encodeOpaqueCursor([position.at, position.recordedAt, position.id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeTimelineCursor(text: string): TimelinePosition {
  const [at, recordedAt, id] = decodeOpaqueCursor(text, timelineSchema);
  return { at, recordedAt, id };
}
