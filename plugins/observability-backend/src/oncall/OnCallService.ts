import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  diffShifts,
  expandSchedule,
  FairnessReport,
  OnCallNow,
  onCallReadPermission,
  ScheduleDetails,
  ScheduleList,
  SchedulePreview,
  SchedulePreviewRequest,
  ScheduleTimeline,
  Shift,
  summarizeFairness,
  UserShift,
  Watch,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { CatalogDirectory } from './CatalogDirectory';
import { ScheduleReader, StoredSchedule } from './OnCallStore';
import { ownerMemberCheck } from './ownerMembers';
import {
  comingShifts,
  DAY_MS,
  definitionAt,
  externalNamesOf,
  iso,
  peopleOf,
  peopleOfWatches,
  shiftsOfSchedule,
  titleOf,
  toOnCallNow,
  watchesAt,
  watchesOfPast,
} from './scheduleAnswers';
import { EntitySchedules, ScheduleFinder } from './ScheduleFinder';

const LONGEST_DAYS = 400;
/** Warnings are of this long ahead. */
const AHEAD_DAYS = 30;
/** Changes that ended longer ago say nothing about since when somebody has the watch. */
const BEHIND_MS = 60 * DAY_MS;

/** A stretch of a schedule, as calendars and reminders tell of it. */
export interface ScheduleStretch {
  name: string;
  title: string;
  /** By start, then by level. */
  shifts: Shift[];
  /** What another master calls people whom the catalog does not know. */
  externalNames: ReadonlyMap<string, string>;
}

/** Who has the watch over an entity. */
export interface EntityOnCall {
  onCall: OnCallNow[];
  /** Names in its annotation that no schedule has. */
  unknown: string[];
  /** Annotations that name another master in vain. */
  misconfigurations: { annotation: string; message: string }[];
}

/** Answers who has the watch, each within what the caller may see. */
export class OnCallService {
  readonly #store: ScheduleReader;
  readonly #finder: ScheduleFinder;
  readonly #directory: CatalogDirectory;
  readonly #access: EntityAccess;
  readonly #now: () => Date;

  constructor(options: {
    store: ScheduleReader;
    finder: ScheduleFinder;
    directory: CatalogDirectory;
    access: EntityAccess;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#finder = options.finder;
    this.#directory = options.directory;
    this.#access = options.access;
    this.#now = options.now ?? (() => new Date());
  }

  /** Who has the watch in all schedules, or in those of an entity or a person. */
  async list(
    options: { at?: string; entityRef?: string; user?: string },
    credentials: BackstageCredentials,
  ): Promise<OnCallNow[]> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const { entityRef, user } = options;
    let names: string[] | undefined;
    if (entityRef !== undefined) {
      await this.#access.assertReadable(credentials, entityRef, false);
      names =
        (await this.#finder.find([entityRef])).get(entityRef)?.names ?? [];
    }
    const when = this.#when(options.at);
    const schedules = await this.#load(when.at, { names });
    const rows = await this.#rowsAt(schedules, when);
    return user === undefined
      ? rows
      : rows.filter(({ people, next }) =>
          [...people, ...(next?.people ?? [])].some(
            person => person.entityRef === user,
          ),
        );
  }

  /**
   * Who has the watch over entities, which schedules their annotations name that
   * do not exist, and what they name at other masters in vain. For reports, whose readers need no permission of their own
   * for it: without it, there is nothing to tell.
   */
  async ofEntities(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, EntityOnCall>> {
    const answers = new Map<string, EntityOnCall>();
    if (!(await this.#access.isAllowed(credentials, onCallReadPermission))) {
      return answers;
    }

    const found: Map<string, EntitySchedules> = await this.#finder.find(
      entityRefs,
    );
    const names = [...found.values()].flatMap(schedules => schedules.names);
    const when = this.#when();
    const rows =
      names.length > 0
        ? await this.#rowsAt(await this.#load(when.at, { names }), when)
        : [];
    for (const [entityRef, schedules] of found) {
      answers.set(entityRef, {
        onCall: schedules.names.flatMap(name =>
          rows.filter(({ schedule }) => schedule === name),
        ),
        unknown: schedules.unknown,
        misconfigurations: schedules.misconfigurations,
      });
    }
    return answers;
  }

  /** Who has the watch in a schedule. */
  async now(
    name: string,
    options: { at?: string },
    credentials: BackstageCredentials,
  ): Promise<OnCallNow[]> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const when = this.#when(options.at);
    return this.#rowsAt([await this.#one(name, when.at)], when);
  }

  /** The coming shifts of a person, the one that is running first. */
  async userShifts(
    options: { user: string; limit: number },
    credentials: BackstageCredentials,
  ): Promise<UserShift[]> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const now = this.#when().now;
    const to = iso(Date.parse(now) + LONGEST_DAYS * DAY_MS);
    const schedules = await this.#load(now);
    return schedules
      .filter(schedule => peopleOf(schedule, now).includes(options.user))
      .flatMap(schedule =>
        comingShifts(schedule, { from: now, to }).shifts.flatMap(shift =>
          shift.people.includes(options.user)
            ? {
                ...shift,
                schedule: schedule.name,
                title: titleOf(definitionAt(schedule, now)),
              }
            : [],
        ),
      )
      .sort((a, b) => (a.start < b.start ? -1 : 1))
      .slice(0, options.limit);
  }

  /** All schedules, and what could not be read. */
  async schedules(credentials: BackstageCredentials): Promise<ScheduleList> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const now = this.#when().now;
    const [schedules, problems] = await Promise.all([
      this.#load(now),
      this.#store.problems(),
    ]);
    return {
      items: schedules.map(schedule => {
        const { name, owner, timeZone, levels, ...definition } = definitionAt(
          schedule,
          now,
        );
        return {
          name,
          title: titleOf({ name, timeZone, levels, ...definition }),
          ...(owner === undefined ? {} : { owner }),
          timeZone,
          levels: levels.map(level => level.name),
          origin: schedule.origin,
          readOnly: schedule.origin.type !== 'api',
        };
      }),
      problems,
    };
  }

  /** A schedule with all that is coming. */
  async schedule(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<ScheduleDetails> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const now = this.#when().now;
    const schedule = await this.#one(name, now, now);
    const { people, known } = await this.#directory.people(
      peopleOf(schedule, now),
      externalNamesOf([schedule]),
    );
    const { location } = schedule.origin;
    const { owner } = definitionAt(schedule, now);
    const { warnings } = comingShifts(schedule, {
      from: now,
      to: iso(Date.parse(now) + AHEAD_DAYS * DAY_MS),
      isKnownPerson: ref => known.has(ref),
      ...(await ownerMemberCheck(this.#directory, owner)),
    });
    const upcoming = schedule.versions.find(
      ({ effectiveFrom }) => effectiveFrom > now,
    );
    const current =
      schedule.versions.findLast(({ effectiveFrom }) => effectiveFrom <= now) ??
      schedule.versions[0];
    return {
      schedule: current.definition,
      version: schedule.version,
      effectiveFrom: current.effectiveFrom,
      ...(upcoming ? { upcoming } : {}),
      origin: schedule.origin,
      readOnly: schedule.origin.type !== 'api',
      people: [...people.values()],
      overrides: schedule.overrides,
      swaps: schedule.swaps.filter(
        ({ state }) => state === 'open' || state === 'taken',
      ),
      warnings,
      problems:
        location === undefined ? [] : await this.#store.problems(location),
    };
  }

  /** A stretch of a schedule, past and to come. */
  async shifts(
    name: string,
    options: { from: string; to: string; level?: string },
    credentials: BackstageCredentials,
  ): Promise<ScheduleTimeline> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const { from, to } = readStretch(options);
    const now = this.#when().now;
    const schedule = await this.#one(name, from, from);
    const recorded = await this.#store.recorded(name, from, to);
    const { people, known } = await this.#directory.people(
      [...peopleOf(schedule, from), ...recorded.flatMap(shift => shift.people)],
      externalNamesOf([schedule]),
    );
    const { owner } = definitionAt(schedule, now);
    const answer = shiftsOfSchedule(schedule, {
      recorded,
      from,
      to,
      now,
      isKnownPerson: ref => known.has(ref),
      ...(await ownerMemberCheck(this.#directory, owner)),
    });
    const isAsked = ({ level }: { level?: string }) =>
      options.level === undefined ||
      level === undefined ||
      level === options.level;
    return {
      shifts: answer.shifts.filter(isAsked),
      gaps: answer.gaps.filter(isAsked),
      warnings: answer.warnings.filter(isAsked),
      people: [...people.values()],
      overrides: schedule.overrides.filter(({ start }) => start < to),
      swaps: schedule.swaps.filter(({ start }) => start < to),
      ...(schedule.external
        ? { knownUntil: schedule.external.knownUntil }
        : {}),
    };
  }

  /**
   * Stretches of schedules, past and to come: of some names, and of those that
   * name a person. For what the portal does by itself, so nobody is asked for a
   * permission: whoever calls it answers for who gets to see it.
   */
  async stretches(options: {
    names?: string[];
    person?: string;
    from: string;
    to: string;
  }): Promise<ScheduleStretch[]> {
    const { names, person, from, to } = options;
    const now = this.#when().now;
    const schedules = (await this.#load(from, { names, from })).filter(
      schedule =>
        person === undefined || peopleOf(schedule, from).includes(person),
    );
    const stretches: ScheduleStretch[] = [];
    for (const schedule of schedules) {
      const recorded = await this.#store.recorded(schedule.name, from, to);
      const { shifts } = shiftsOfSchedule(schedule, {
        recorded,
        from,
        to,
        now,
      });
      const title = titleOf(definitionAt(schedule, now));
      const externalNames = externalNamesOf([schedule]);
      stretches.push({ name: schedule.name, title, shifts, externalNames });
    }
    return stretches;
  }

  /** What a schedule asked of each person. */
  async fairness(
    name: string,
    options: { from: string; to: string },
    credentials: BackstageCredentials,
  ): Promise<FairnessReport> {
    const { shifts, people } = await this.shifts(name, options, credentials);
    const { from, to } = readStretch(options);
    const schedule = await this.#one(name, from);
    const { timeZone } = definitionAt(schedule, this.#when().now);
    return {
      schedule: name,
      timeZone,
      from,
      to,
      items: summarizeFairness(shifts, timeZone, from, to),
      people,
    };
  }

  /** What a definition that is not saved would mean, and what it would change. */
  async preview(
    request: SchedulePreviewRequest,
    credentials: BackstageCredentials,
  ): Promise<SchedulePreview> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const { from, to } = readStretch(request);
    const { schedule: definition } = request;
    const [saved] = await this.#load(from, {
      names: [definition.name],
      from,
    });
    const { overrides, swaps } = { ...saved, ...request };
    const draft = {
      name: definition.name,
      origin: { type: 'api' as const },
      version: 0,
      versions: [{ definition, effectiveFrom: from }],
      overrides: overrides ?? [],
      swaps: swaps ?? [],
    };
    const { people, known } = await this.#directory.people(
      peopleOf(draft, from),
    );
    const after = expandSchedule({
      schedule: definition,
      overrides,
      swaps,
      from,
      to,
      isKnownPerson: ref => known.has(ref),
      ...(await ownerMemberCheck(this.#directory, definition.owner)),
    });
    return {
      ...after,
      people: [...people.values()],
      ...(saved
        ? {
            difference: diffShifts(
              expandSchedule({ ...saved, from, to }).shifts,
              after.shifts,
            ),
          }
        : {}),
    };
  }

  async #rowsAt(
    schedules: StoredSchedule[],
    { at, now }: { at: string; now: string },
  ): Promise<OnCallNow[]> {
    const rows: { schedule: StoredSchedule; watch: Watch }[] = [];
    for (const schedule of schedules) {
      const watches =
        at < now
          ? watchesOfPast(schedule, {
              recorded: await this.#store.recorded(
                schedule.name,
                at,
                iso(Date.parse(at) + 1),
              ),
              at,
              now,
            })
          : watchesAt(schedule, at);
      rows.push(...watches.map(watch => ({ schedule, watch })));
    }
    const { people } = await this.#directory.people(
      peopleOfWatches(rows.map(({ watch }) => watch)),
      externalNamesOf(schedules),
    );
    return rows.map(({ schedule, watch }) =>
      toOnCallNow(schedule, watch, people, at),
    );
  }

  /** A schedule that was there at or after an instant. */
  async #one(name: string, at: string, from?: string): Promise<StoredSchedule> {
    const [found] = await this.#load(at, { names: [name], from });
    if (!found) {
      throw new NotFoundError(`There is no on-call schedule "${name}"`);
    }
    return found;
  }

  async #load(
    at: string,
    options: { names?: string[]; from?: string } = {},
  ): Promise<StoredSchedule[]> {
    const { names, from = iso(Date.parse(at) - BEHIND_MS) } = options;
    const found = await this.#store.load({
      names,
      withDeleted: true,
      from,
      now: this.#when().now,
    });
    return found.filter(
      ({ deletedAt }) => deletedAt === undefined || deletedAt > at,
    );
  }

  #when(asked?: string): { at: string; now: string } {
    const now = this.#now().toISOString();
    const at = asked === undefined ? now : iso(asked);
    if (isOutside(at)) {
      throw new InputError('"at": must lie in the years 1970 to 2099');
    }
    return { at, now };
  }
}

function readStretch(options: { from: string; to: string }): {
  from: string;
  to: string;
} {
  const from = iso(options.from);
  const to = iso(options.to);
  if (from >= to) {
    throw new InputError('"to": must be later than "from"');
  }
  if (Date.parse(to) - Date.parse(from) > LONGEST_DAYS * DAY_MS) {
    throw new InputError(
      `"to": must be at most ${LONGEST_DAYS} days later than "from"`,
    );
  }
  if (isOutside(from) || isOutside(to)) {
    throw new InputError('"from", "to": must lie in the years 1970 to 2099');
  }
  return { from, to };
}

/** The engine knows the years 1970 to 2100. */
function isOutside(instant: string): boolean {
  return instant < '1970-01-02' || instant >= '2100';
}
