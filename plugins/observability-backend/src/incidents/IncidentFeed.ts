import { Incident } from '@watchkeeper/backstage-plugin-observability-common';
import { createHash } from 'node:crypto';
import { HealthFacts } from '../health/HealthFacts';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore, NewEntry } from './IncidentStore';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Writes on the timelines of incidents what the portal sees by itself: how the
 * health of their services changes, and what is released. It looks at all of an
 * incident's time each round; what was written before is known by its source.
 */
export class IncidentFeed {
  readonly #store: IncidentStore;
  readonly #health: HealthFacts;
  readonly #signals: IncidentSignals;

  constructor(options: {
    store: IncidentStore;
    health: HealthFacts;
    signals: IncidentSignals;
  }) {
    this.#store = options.store;
    this.#health = options.health;
    this.#signals = options.signals;
  }

  async run(now: Date, signal: AbortSignal): Promise<void> {
    for (const { incident } of await this.#store.open()) {
      signal.throwIfAborted();
      const entries = await this.#entriesOf(incident, now);
      const written = await this.#store.append(incident.id, entries, {
        now: now.toISOString(),
      });
      if (written.length > 0) {
        await this.#signals.publish(incident.id);
      }
    }
  }

  async #entriesOf(incident: Incident, now: Date): Promise<NewEntry[]> {
    const { entityRefs, startedAt, detectedAt } = incident;
    const start = startedAt ?? detectedAt;
    const to = now.toISOString();
    const [transitions, releases, titles] = await Promise.all([
      this.#health.statusChanges(entityRefs, start, to),
      this.#health.releases(
        entityRefs,
        new Date(Date.parse(start) - HOUR_MS).toISOString(),
        to,
      ),
      this.#health.describe(entityRefs),
    ]);
    const titleOf = (ref: string) => titles.get(ref)?.title ?? ref;
    return [
      ...transitions.map(
        ({ id, entityRef, at, from, to: status, message }) => ({
          at,
          kind: 'signal' as const,
          actor: 'system',
          text: `${titleOf(entityRef)} is **${status ?? 'not watched'}**${
            message ? `: ${message}` : ''
          }`,
          data: { event: 'status', entityRef, from, to: status, message },
          sourceKey: `status:${id}`,
        }),
      ),
      ...releases.map(({ at, entityRef, title, author, url }) => ({
        at,
        kind: 'deployment' as const,
        actor: 'system',
        text: `**${title}** released on ${titleOf(entityRef)}${
          author ? ` by ${author}` : ''
        }`,
        data: { event: 'release', entityRef, version: title, author, url },
        sourceKey: `release:${hashOf(entityRef, title)}`,
      })),
    ].sort((a, b) => a.at.localeCompare(b.at));
  }
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
