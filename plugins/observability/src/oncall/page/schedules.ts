import {
  OnCallNow,
  ScheduleSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { entityName } from '../../shared';

/** The levels of one schedule now. */
export interface ScheduleNow {
  schedule: string;
  title: string;
  /** Name of the owning group. */
  owner?: string;
  /** The reader is in the owning group. */
  isMine: boolean;
  /** An IANA name, where it is known. */
  timeZone?: string;
  levels: OnCallNow[];
}

/** All schedules with who has the watch; those of the reader's groups come first. */
export function listSchedules(
  onCall: readonly OnCallNow[],
  schedules: readonly ScheduleSummary[],
  groups: readonly string[],
): ScheduleNow[] {
  const list = new Map<string, ScheduleNow>();
  for (const { name, title, owner, timeZone } of schedules) {
    list.set(name, {
      schedule: name,
      title: title || name,
      owner: owner && entityName(owner),
      isMine: owner !== undefined && groups.includes(owner.toLowerCase()),
      timeZone,
      levels: [],
    });
  }
  for (const level of onCall) {
    let known = list.get(level.schedule);
    if (!known) {
      known = {
        schedule: level.schedule,
        title: level.title || level.schedule,
        isMine: false,
        levels: [],
      };
      list.set(level.schedule, known);
    }
    known.levels.push(level);
  }
  return [...list.values()].sort(
    (one, other) =>
      Number(other.isMine) - Number(one.isMine) ||
      one.title.localeCompare(other.title),
  );
}

/** What the back end tells of people, by reference. */
export interface People {
  names: ReadonlyMap<string, string>;
  /** Where they are, as far as they say. */
  zones: ReadonlyMap<string, string>;
}

/** Names and zones of those who have the watch, or are next. */
export function namesAndZones(onCall: readonly OnCallNow[]): People {
  const names = new Map<string, string>();
  const zones = new Map<string, string>();
  for (const { people, next } of onCall) {
    for (const { entityRef, displayName, timeZone } of [
      ...people,
      ...(next?.people ?? []),
    ]) {
      names.set(entityRef, displayName);
      if (timeZone) {
        zones.set(entityRef, timeZone);
      }
    }
  }
  return { names, zones };
}
