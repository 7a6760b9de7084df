import type {
  SupabaseProjectDefinition,
  SupabaseProjectState,
} from '../world/types';
import { LevelCurve } from './LevelCurve';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Blocks that are asked for a second. */
const BLOCKS_PER_SECOND = 4200;
const NO_WAVE = { amplitude: 0, periodMs: HOUR_MS };

/** A backup that was made. */
export interface MadeBackup {
  id: number;
  atMs: number;
}

/** One project: a function of time, but for what was changed. */
export class ProjectModel {
  readonly definition: SupabaseProjectDefinition;
  readonly createdMs: number;
  readonly #startMs: number;
  readonly #cpu: LevelCurve;
  readonly #memory: LevelCurve;
  readonly #cacheHit: LevelCurve;
  #bootedMs: number;
  #state: SupabaseProjectState;

  constructor(definition: SupabaseProjectDefinition, startMs: number) {
    const { state, bootedAt, createdAt } = definition;
    this.definition = definition;
    this.createdMs = startMs + createdAt;
    this.#startMs = startMs;
    this.#bootedMs = startMs + bootedAt;
    this.#state = state;
    const curve = (level: number, amplitude: number, periodMs: number) =>
      new LevelCurve({
        fromMs: this.#bootedMs,
        level,
        wave: { amplitude, periodMs },
      });
    this.#cpu = curve(state.cpu, 0.006, 11 * 60_000);
    this.#memory = curve(state.memory, 0.004, 47 * 60_000);
    this.#cacheHit = new LevelCurve({
      fromMs: this.#bootedMs,
      level: state.cacheHit,
      wave: NO_WAVE,
    });
  }

  get ref(): string {
    return this.definition.ref;
  }

  get state(): SupabaseProjectState {
    return this.#state;
  }

  change(change: Partial<SupabaseProjectState>, nowMs: number): void {
    this.#state = { ...this.#state, ...change };
    this.#cpu.set(nowMs, this.#state.cpu);
    this.#memory.set(nowMs, this.#state.memory);
    this.#cacheHit.set(nowMs, this.#state.cacheHit);
  }

  restart(nowMs: number): void {
    this.#bootedMs = nowMs;
  }

  memoryAt(timeMs: number): number {
    return this.#memory.levelAt(timeMs);
  }

  connectionsAt(timeMs: number): number {
    // One or two come and go, the figure of the scenario most of the time.
    const { used } = this.#state.connections;
    const minute = Math.floor((timeMs - this.#startMs) / 60_000);
    return Math.max(0, used + (minute % 7 === 3 ? 1 : 0));
  }

  /** Seconds that one processor was busy and idle since the start of the machine. */
  processorSeconds(timeMs: number): { busy: number; idle: number } {
    const busy =
      this.#cpu.integralUntil(timeMs) - this.#cpu.integralUntil(this.#bootedMs);
    return { busy, idle: (timeMs - this.#bootedMs) / 1000 - busy };
  }

  /** Blocks that were found in memory, and those that were not. */
  blocks(timeMs: number): { hit: number; read: number } {
    const hitSeconds =
      this.#cacheHit.integralUntil(timeMs) -
      this.#cacheHit.integralUntil(this.#bootedMs);
    const seconds = (timeMs - this.#bootedMs) / 1000;
    const hit = Math.floor(hitSeconds * BLOCKS_PER_SECOND);
    return { hit, read: Math.floor(seconds * BLOCKS_PER_SECOND) - hit };
  }

  /** How long statements have been counted, in hours. */
  hoursCounted(timeMs: number): number {
    return (timeMs - this.#bootedMs) / HOUR_MS;
  }

  /** Those that are kept, the newest first. */
  backupsAt(timeMs: number): MadeBackup[] {
    const { lastAgeMs, keptDays, goOn } = this.#state.backups;
    if (lastAgeMs === null) return [];
    const anchorMs = this.#startMs - lastAgeMs;
    const newest = goOn ? Math.floor((timeMs - anchorMs) / DAY_MS) : 0;
    const kept: MadeBackup[] = [];
    for (let day = newest; ; day--) {
      const atMs = anchorMs + day * DAY_MS;
      const isKept = timeMs - atMs <= keptDays * DAY_MS;
      if (!isKept || atMs < this.createdMs) return kept;
      kept.push({ id: 482_000 + day, atMs });
    }
  }
}
