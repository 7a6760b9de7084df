/** From this instant on, that level. */
interface Step {
  fromMs: number;
  level: number;
  /** The integral up to this step, in level seconds. */
  before: number;
}

/** How far and how often a level moves about its middle. */
export interface Wave {
  amplitude: number;
  periodMs: number;
}

/**
 * A level over time that moves about a middle, known with its integral: what a
 * counter has counted is then a function of time, like the level itself.
 */
export class LevelCurve {
  readonly #steps: Step[];
  readonly #wave: Wave;

  constructor(options: { fromMs: number; level: number; wave: Wave }) {
    const { fromMs, level, wave } = options;
    this.#steps = [{ fromMs, level, before: 0 }];
    this.#wave = wave;
  }

  /** Another middle from an instant on; the past stays as it was. */
  set(fromMs: number, level: number): void {
    const last = this.#steps[this.#steps.length - 1];
    const before = this.#integral(last, fromMs);
    this.#steps.push({ fromMs, level, before });
  }

  levelAt(timeMs: number): number {
    const { level } = this.#stepAt(timeMs);
    const { amplitude, periodMs } = this.#wave;
    return level + amplitude * Math.sin((2 * Math.PI * timeMs) / periodMs);
  }

  /** The integral from the first step to that instant, in level seconds. */
  integralUntil(timeMs: number): number {
    return this.#integral(this.#stepAt(timeMs), timeMs);
  }

  #integral(step: Step, timeMs: number): number {
    const { amplitude, periodMs } = this.#wave;
    const angular = (2 * Math.PI) / periodMs;
    const swing =
      (amplitude / angular) *
      (Math.cos(angular * step.fromMs) - Math.cos(angular * timeMs));
    return step.before + (step.level * (timeMs - step.fromMs) + swing) / 1000;
  }

  #stepAt(timeMs: number): Step {
    let found = this.#steps[0];
    for (const step of this.#steps) {
      if (step.fromMs <= timeMs) found = step;
    }
    return found;
  }
}
