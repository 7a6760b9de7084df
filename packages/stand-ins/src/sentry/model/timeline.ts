import type { RateStep } from '../../shared/rates';
import type {
  SentryEpisode,
  SentryProjectDefinition,
  SentryProjectState,
  SentryReleaseDefinition,
} from '../world/types';

const MINUTE_MS = 60_000;

/** A change that concerns one project, with the instant it was made. */
export type ProjectChange = { atMs: number } & (
  | { state: SentryProjectState }
  | { events: number }
);

/** A stretch of time, `fromMs` included, `toMs` not. */
interface Stretch {
  fromMs: number;
  toMs: number;
}

// How a deployment usually reaches the traffic.
const USUAL_ROLLOUT = [
  { after: 0, share: 0.1 },
  { after: 5 * MINUTE_MS, share: 0.5 },
  { after: 15 * MINUTE_MS, share: 0.97 },
  { after: 120 * MINUTE_MS, share: 1 },
];

/**
 * What a project goes through and when, in instants: which episodes are on,
 * what share of the traffic each release has, and which burst falls where.
 * Values of a rate are asked for between two neighbouring breaks.
 */
export class ProjectTimeline {
  readonly startMs: number;
  readonly bursts: (Stretch & { events: number })[] = [];
  readonly #episodes = new Map<string, Stretch[]>();
  readonly #episodeRelease = new Map<string, string | undefined>();
  readonly #quiet: Stretch[];
  readonly #releases: SentryReleaseDefinition[];
  /** All instants at which something changes. */
  readonly breaks: readonly number[];

  constructor(
    project: SentryProjectDefinition,
    startMs: number,
    changes: readonly ProjectChange[],
  ) {
    this.startMs = startMs;
    this.#releases = [...project.releases].sort(
      (one, other) => one.createdAt - other.createdAt,
    );

    for (const change of changes) {
      if ('state' in change) continue;
      const { atMs, events } = change;
      this.bursts.push({ fromMs: atMs, toMs: atMs + 1000, events });
    }
    const states = statesOf(project, startMs, changes);
    this.#quiet = states.filter(({ state }) => state === 'quiet');
    const spikes = states.filter(({ state }) => state === 'spike');
    for (const episode of project.episodes ?? []) {
      this.#episodeRelease.set(episode.id, episode.release);
      this.#episodes.set(episode.id, this.#stretchesOf(episode, spikes));
    }
    this.breaks = this.#collectBreaks();
  }

  /**
   * The steps of a rate that `perHour` gives for any instant, between `fromMs`
   * and `toMs`.
   */
  steps(options: {
    fromMs: number;
    toMs?: number;
    perHour: (atMs: number) => number;
  }): RateStep[] {
    const { fromMs, toMs = Number.POSITIVE_INFINITY } = options;
    const breaks = this.breaks.filter(atMs => atMs > fromMs && atMs < toMs);
    const steps = [fromMs, ...breaks].map(atMs => ({
      fromMs: atMs,
      perHour: options.perHour(atMs),
    }));
    if (Number.isFinite(toMs)) steps.push({ fromMs: toMs, perHour: 0 });
    return steps;
  }

  isQuiet(atMs: number): boolean {
    return isWithin(this.#quiet, atMs);
  }

  /**
   * The first of the overrides whose episode is on, for the release where it
   * only concerns one.
   */
  override<T>(
    during: Record<string, T> | undefined,
    atMs: number,
    release?: string,
  ): T | undefined {
    for (const [id, value] of Object.entries(during ?? {})) {
      const onlyRelease = this.#episodeRelease.get(id);
      if (onlyRelease && release && onlyRelease !== release) continue;
      if (isWithin(this.#episodes.get(id) ?? [], atMs)) return value;
    }
    return undefined;
  }

  /** The share of the traffic that a release has, among those allowed. */
  shareOf(version: string, atMs: number, allowed?: string[]): number {
    let left = 1;
    let share = 0;
    let total = 0;
    for (const release of [...this.#releases].reverse()) {
      const age = atMs - this.startMs - release.createdAt;
      if (age < 0) continue;
      const isOldest = release === this.#releases[0];
      const taken = isOldest ? left : left * rolloutAt(release, age);
      left -= taken;
      if (allowed && !allowed.includes(release.version)) continue;
      total += taken;
      if (release.version === version) share = taken;
    }
    return total > 0 ? share / total : 0;
  }

  /** The release with the most traffic. */
  mainRelease(atMs: number): string {
    let main = this.#releases[0].version;
    for (const { version } of this.#releases) {
      if (this.shareOf(version, atMs) > this.shareOf(main, atMs)) {
        main = version;
      }
    }
    return main;
  }

  /** Whether a newer release exists. */
  isReplaced(version: string, atMs: number): boolean {
    const created = (release: SentryReleaseDefinition) =>
      this.startMs + release.createdAt;
    const own = this.#releases.find(release => release.version === version);
    return this.#releases.some(
      release =>
        own && created(release) > created(own) && created(release) <= atMs,
    );
  }

  #stretchesOf(episode: SentryEpisode, spikes: Stretch[]): Stretch[] {
    const fromMs =
      episode.from === undefined
        ? Number.NEGATIVE_INFINITY
        : this.startMs + episode.from;
    if (episode.to !== undefined) {
      return [{ fromMs, toMs: this.startMs + episode.to }];
    }
    return spikes.map(spike => ({
      fromMs: Math.max(spike.fromMs, fromMs),
      toMs: spike.toMs,
    }));
  }

  #collectBreaks(): number[] {
    const breaks = new Set<number>();
    for (const stretch of [
      ...[...this.#episodes.values()].flat(),
      ...this.#quiet,
    ]) {
      breaks.add(stretch.fromMs);
      breaks.add(stretch.toMs);
    }
    for (const release of this.#releases) {
      for (const { after } of release.rollout ?? USUAL_ROLLOUT) {
        breaks.add(this.startMs + release.createdAt + after);
      }
    }
    return [...breaks].filter(Number.isFinite).sort((a, b) => a - b);
  }
}

/** The project's states one after another, without a hole. */
function statesOf(
  project: SentryProjectDefinition,
  startMs: number,
  changes: readonly ProjectChange[],
): (Stretch & { state: SentryProjectState })[] {
  const { state: initial = 'healthy' } = project;
  const turns = [{ fromMs: Number.NEGATIVE_INFINITY, state: initial }];
  if (initial === 'quiet') {
    // There is a past; the silence begins with the scenario.
    turns[0].state = 'healthy';
    turns.push({ fromMs: startMs, state: 'quiet' });
  }
  for (const change of changes) {
    if ('state' in change) {
      turns.push({ fromMs: change.atMs, state: change.state });
    }
  }
  return turns.map((turn, index) => ({
    ...turn,
    toMs: turns[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY,
  }));
}

function isWithin(stretches: Stretch[], atMs: number): boolean {
  return stretches.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}

function rolloutAt(release: SentryReleaseDefinition, age: number): number {
  let share = 0;
  for (const step of release.rollout ?? USUAL_ROLLOUT) {
    if (age >= step.after) share = step.share;
  }
  return share;
}
