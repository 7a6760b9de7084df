import { fleetMessages } from './fleet/messages';
import { healthMessages } from './health/messages';
import { scheduleEditorMessages } from './oncall/editor/messages';
import { onCallMessages } from './oncall/messages';
import { sharedMessages } from './shared/messages';

/** All that the plugin says, in English. */
export const observabilityMessages = {
  fleet: fleetMessages,
  health: healthMessages,
  onCall: onCallMessages,
  scheduleEditor: scheduleEditorMessages,
  shared: sharedMessages,
} as const;

type FlatKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${FlatKey<T[K]>}`;
}[keyof T & string];

/** Messages by their full key, the form in which the portal takes translations. */
export type FlatMessages<T> = { [K in FlatKey<T>]: string };

interface NestedMessages {
  readonly [key: string]: string | NestedMessages;
}

/** `{ a: { b: 'text' } }` as `{ 'a.b': 'text' }`. */
export function flattenMessages<T extends NestedMessages>(
  messages: T,
): FlatMessages<T> {
  const entries = (nested: NestedMessages, prefix: string): string[][] =>
    Object.entries(nested).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : entries(value, `${prefix}${key}.`),
    );
  return Object.fromEntries(entries(messages, '')) as FlatMessages<T>;
}
