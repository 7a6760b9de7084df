import type {
  UptimeRobotAccountDefinition,
  UptimeRobotMaintenance,
  UptimeRobotScenarioChange,
  UptimeRobotState,
  UptimeRobotWorld,
} from '../world/types';
import { MonitorModel, type Incident } from './MonitorModel';
import { WindowModel } from './WindowModel';

const STATES: readonly UptimeRobotState[] = [
  'started',
  'up',
  'seems-down',
  'down',
  'paused',
];

/** The account: its monitors by id, its maintenance windows and its incidents. */
export class AccountModel {
  readonly definition: UptimeRobotAccountDefinition;
  readonly userId = 1001;
  readonly monitors: readonly MonitorModel[];
  readonly #windows: WindowModel[];

  constructor(world: UptimeRobotWorld, startMs: number) {
    this.definition = world.describe();
    this.#windows = this.definition.windows.map(
      window => new WindowModel(window, startMs),
    );
    this.monitors = this.definition.monitors
      .map(
        (definition, index) =>
          new MonitorModel({
            definition,
            index,
            startMs,
            windows: () => this.#windows,
          }),
      )
      .sort((one, other) => one.id - other.id);
  }

  get windows(): readonly WindowModel[] {
    return this.#windows;
  }

  monitor(idOrName: number | string): MonitorModel | undefined {
    return this.monitors.find(
      ({ id, definition }) =>
        String(id) === String(idOrName) || definition.name === idOrName,
    );
  }

  /** Those that cover a monitor. */
  windowsOf(monitor: MonitorModel): WindowModel[] {
    return this.#windows.filter(window => window.covers(monitor.id));
  }

  /** Of all monitors, newest first. */
  incidentsUntil(nowMs: number): Incident[] {
    return this.monitors
      .flatMap(monitor => monitor.incidentsUntil(nowMs))
      .sort((one, other) => Number(other.id) - Number(one.id));
  }

  /** Answers the ids of the monitors concerned. */
  change(change: UptimeRobotScenarioChange, nowMs: number): number[] {
    if (!STATES.includes(change.state)) {
      throw new Error(`A monitor is one of ${STATES.join(', ')}`);
    }
    const concerned = [change.monitor].flat().map(one => this.#expect(one));
    for (const monitor of concerned) monitor.change(change, nowMs);
    return concerned.map(({ id }) => id);
  }

  /** Answers the id of the window. */
  startMaintenance(maintenance: UptimeRobotMaintenance, nowMs: number): number {
    const { monitors, minutes, name = 'Maintenance' } = maintenance;
    if (!(minutes > 0)) throw new Error('Send minutes');
    const ids = monitors.map(one => this.#expect(one).id);
    const id =
      Math.max(660100, ...this.#windows.map(other => other.definition.id)) + 1;
    this.#windows.push(
      new WindowModel(
        {
          id,
          name,
          interval: 'once',
          startsAt: 0,
          durationMinutes: minutes,
          monitors: ids,
        },
        nowMs,
      ),
    );
    return id;
  }

  #expect(idOrName: number | string): MonitorModel {
    const monitor = this.monitor(idOrName);
    if (!monitor) throw new Error(`No monitor '${idOrName}'`);
    return monitor;
  }
}
