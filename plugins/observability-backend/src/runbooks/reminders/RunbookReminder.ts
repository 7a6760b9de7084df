import { Knex } from 'knex';
import { OutboxMessage, Outbox } from '../../notifications/Outbox';
import { LinkStore } from '../links/LinkStore';
import { RunbookIndex } from '../RunbookIndex';
import { RunbookRunStore } from '../runs/RunbookRunStore';
import { runbookReminders, worstRunbooks } from './runbookReminders';

/** Runs of this long ago say how much a runbook helps today. */
const LATELY_MS = 90 * 24 * 3_600_000;

/** Reminds the owners of runbooks of what they should look at. */
export class RunbookReminder {
  readonly #knex: Knex;
  readonly #index: RunbookIndex;
  readonly #runs: RunbookRunStore;
  readonly #links: LinkStore;
  readonly #outbox: Outbox;

  constructor(options: {
    knex: Knex;
    index: RunbookIndex;
    runs: RunbookRunStore;
    links: LinkStore;
    outbox: Outbox;
  }) {
    this.#knex = options.knex;
    this.#index = options.index;
    this.#runs = options.runs;
    this.#links = options.links;
    this.#outbox = options.outbox;
  }

  /** Looks at all runbooks once. */
  async run(now: Date, signal: AbortSignal): Promise<void> {
    const runbooks = [...(await this.#index.runbooks()).values()];
    const deadSince = await this.#links.dead();
    for (const runbook of runbooks) {
      if (signal.aborted) {
        return;
      }
      await this.#add(runbookReminders(runbook, { now, deadSince }), now);
    }
    const lately = new Map(
      (await this.#runs.figures(new Date(now.getTime() - LATELY_MS))).map(
        figures => [figures.runbookId, figures],
      ),
    );
    await this.#add(
      worstRunbooks(
        runbooks.map(runbook => ({
          ...runbook,
          figures: lately.get(runbook.id),
        })),
        now,
      ),
      now,
    );
  }

  async #add(messages: OutboxMessage[], now: Date): Promise<void> {
    if (messages.length > 0) {
      await this.#knex.transaction(trx =>
        this.#outbox.add(trx, messages, now.toISOString()),
      );
    }
  }
}
