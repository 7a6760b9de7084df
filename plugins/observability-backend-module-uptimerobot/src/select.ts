import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  SignalKind,
  UPTIMEROBOT_MONITORS_ANNOTATION,
  UPTIMEROBOT_NAME_ANNOTATION,
  UPTIMEROBOT_URL_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  TargetSelection,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

/** What every target of UptimeRobot gives. */
export const UPTIMEROBOT_KINDS: SignalKind[] = ['uptime'];

/** The annotations that name monitors. */
export const UPTIMEROBOT_ANNOTATIONS = [
  UPTIMEROBOT_MONITORS_ANNOTATION,
  UPTIMEROBOT_NAME_ANNOTATION,
  UPTIMEROBOT_URL_ANNOTATION,
];

const monitorWishSchema = z.object({
  by: z.enum(['id', 'name', 'url']),
  value: z.string(),
});
/** How an annotation names a monitor. */
export type MonitorWish = z.infer<typeof monitorWishSchema>;

const ID = /^\d{1,20}$/;
const LONGEST_TEXT = 200;
const EXPECTED =
  'expected the ids of monitors, such as 777749809+777749810, or apiKey=<instance>,monitors=<id>+<id>, several separated by semicolons';

/** What an instance has to know of itself and of its siblings to select. */
export interface SelectOptions {
  instance: string;
  /** The names of all configured instances. */
  instances: readonly string[];
}

/**
 * What the annotations of an entity name in one instance.
 *
 * Monitors that an annotation gives to one instance are one target, and so one
 * signal. Where it does not say which of several instances is meant, each
 * monitor is a target of its own, since they may be in different accounts.
 */
export function selectMonitors(
  entity: Entity,
  options: SelectOptions,
): EntitySelection {
  const annotations: Record<string, unknown> =
    entity.metadata.annotations ?? {};
  const misconfigurations: EntitySelection['misconfigurations'] = [];
  const mine = new Map<string, MonitorWish>();
  const anyones = new Map<string, MonitorWish>();
  const wish = (to: Map<string, MonitorWish>, one: MonitorWish) =>
    to.set(keyOf(one), one);
  const open = options.instances.length > 1 ? anyones : mine;

  const read = (
    annotation: string,
    parse: (value: string) => string | undefined,
  ) => {
    const value = annotations[annotation];
    if (value === undefined || value === null) return;
    const message =
      typeof value === 'string' ? parse(value.trim()) : 'It is not text';
    if (message) misconfigurations.push({ annotation, message });
  };

  read(UPTIMEROBOT_MONITORS_ANNOTATION, value => {
    for (const group of value.split(';').map(part => part.trim())) {
      if (!group) continue;
      const parsed = parseGroup(group);
      if ('message' in parsed) return parsed.message;
      const { instance, ids } = parsed;
      if (instance !== undefined && !options.instances.includes(instance)) {
        const known = options.instances.slice(0, 10).join(', ');
        return `No UptimeRobot instance "${shorten(
          instance,
        )}" is configured: the configured ones are ${known}`;
      }
      if (instance !== undefined && instance !== options.instance) continue;
      for (const id of ids) {
        wish(instance === undefined ? open : mine, { by: 'id', value: id });
      }
    }
    return value ? undefined : `It names no monitor: ${EXPECTED}`;
  });
  read(UPTIMEROBOT_NAME_ANNOTATION, value => {
    if (value === 'false') return undefined;
    if (!value || value.length > LONGEST_TEXT) {
      return 'It cannot be read: expected the name of a monitor, true for the one that is named like the entity, or false';
    }
    // A URL, where there is one, says it better than `true`.
    if (value !== 'true' || !annotations[UPTIMEROBOT_URL_ANNOTATION]) {
      const name = value === 'true' ? entity.metadata.name : value;
      wish(open, { by: 'name', value: normalizeName(name) });
    }
    return undefined;
  });
  read(UPTIMEROBOT_URL_ANNOTATION, value => {
    if (annotations[UPTIMEROBOT_NAME_ANNOTATION] === 'false') return undefined;
    if (value.length > LONGEST_TEXT || !/^https?:\/\//i.test(value)) {
      return 'It cannot be read: expected the URL that a monitor checks, with http:// or https://';
    }
    wish(open, { by: 'url', value: normalizeUrl(value) });
    return undefined;
  });

  for (const key of mine.keys()) anyones.delete(key);
  return {
    targets: [
      ...(mine.size > 0 ? [toTarget([...mine.values()], false)] : []),
      ...[...anyones.values()].map(one => toTarget([one], true)),
    ],
    misconfigurations,
  };
}

/** The wishes of a target, from its details. */
export function readWishes(details: JsonObject | undefined): MonitorWish[] {
  return (
    z.object({ monitors: z.array(monitorWishSchema) }).safeParse(details).data
      ?.monitors ?? []
  );
}

/** Names are compared without regard to case and white space around them. */
export function normalizeName(name: string): string {
  return name.trim().toLocaleLowerCase('en');
}

/** Addresses are compared as browsers write them, without a slash at the end. */
export function normalizeUrl(url: string): string {
  const text = URL.canParse(url.trim()) ? new URL(url.trim()).href : url.trim();
  return text.replace(/\/$/, '');
}

function parseGroup(
  group: string,
): { instance?: string; ids: string[] } | { message: string } {
  const assigned = /^apiKey\s*=\s*([^,;]+?)\s*,\s*monitors\s*=\s*(.+)$/i.exec(
    group,
  );
  const ids = (assigned?.[2] ?? group)
    .split(/[+,]/)
    .map(id => id.trim())
    .filter(Boolean);
  if (ids.length === 0 || !ids.every(id => ID.test(id))) {
    return { message: `"${shorten(group)}" cannot be read: ${EXPECTED}` };
  }
  return assigned ? { instance: assigned[1], ids } : { ids };
}

function toTarget(wishes: MonitorWish[], candidate: boolean): TargetSelection {
  const sorted = wishes
    .map(one => ({ key: keyOf(one), one }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    key: sorted.map(({ key }) => key).join('+'),
    kinds: UPTIMEROBOT_KINDS,
    candidate,
    details: { monitors: sorted.map(({ one }) => one) },
  };
}

/** An id stands for itself. */
function keyOf({ by, value }: MonitorWish): string {
  return by === 'id' ? value : `${by}=${value}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
