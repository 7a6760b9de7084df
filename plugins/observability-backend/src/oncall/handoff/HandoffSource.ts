import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  HandoffSection,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';

/** What a handoff note is about. */
export interface HandoffContext {
  schedule: StoredSchedule;
  /** The shift that ends. */
  shift: Shift;
  /** The shift of whoever comes. */
  next?: Shift;
  /** When their turn is over, also where changes by hand cut it. */
  nextUntil?: string;
  /** The group that owns the schedule. */
  owner?: string;
  /** The services that the schedule answers for, as far as the caller may read them. */
  services: ReadonlySet<string>;
  now: string;
  credentials: BackstageCredentials;
}

/**
 * Tells facts for handoff notes: each domain adds its own. What it tells is shown
 * to the caller and goes into the draft, so it is what they may read and no more.
 */
export interface HandoffSource {
  /** In the order in which they are shown; none where the caller may know nothing of it. */
  sections(context: HandoffContext): Promise<HandoffSection[]>;
}

/** A note holds no more of one kind. */
const MAXIMUM_ITEMS = 20;

/** A section with no more items than a note can hold. */
export function toSection(
  id: string,
  title: string,
  items: HandoffSection['items'],
): HandoffSection {
  return {
    id,
    title,
    items: items.slice(0, MAXIMUM_ITEMS),
    count: items.length,
  };
}
