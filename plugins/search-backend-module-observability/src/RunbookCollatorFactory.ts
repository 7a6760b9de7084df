import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { Readable } from 'node:stream';
import { ObservabilityReader, RunbookText } from './ObservabilityReader';

/** How many texts are asked for at once. */
const AT_ONCE = 5;

/** A runbook as the search keeps it. */
type RunbookDocument = IndexableDocument & {
  runbookId: string;
  alerts: string;
  owner: string;
  severity: string;
  /** The service for which it was found; empty for a runbook of none. */
  entityRef: string;
};

/**
 * Runbooks for the search: one document for each runbook and entity, so that
 * those who may read one of its entities find it, and no others. A runbook of
 * no entity is found by everybody.
 */
export class RunbookCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'observability-runbooks';
  readonly visibilityPermission = catalogEntityReadPermission;
  readonly #reader: ObservabilityReader;

  constructor(reader: ObservabilityReader) {
    this.#reader = reader;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  /** Fails as a whole where a part cannot be read, and the last index stays. */
  async *#documents(): AsyncGenerator<RunbookDocument> {
    for await (const ids of this.#reader.runbookPages()) {
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const runbooks = await Promise.all(
          ids.slice(start, start + AT_ONCE).map(id => this.#reader.runbook(id)),
        );
        for (const runbook of runbooks) {
          if (runbook) {
            yield* documentsOf(runbook);
          }
        }
      }
    }
  }
}

function documentsOf(runbook: RunbookText): RunbookDocument[] {
  const { id, title, alerts, symptoms, tags, markdown } = runbook;
  const page = `/observability/runbooks/${encodeURIComponent(id)}`;
  const shared = {
    runbookId: id,
    title,
    text: [alerts.join(', '), symptoms.join(', '), tags.join(', '), markdown]
      .filter(text => text !== '')
      .join('\n\n'),
    alerts: alerts.join(', '),
    owner: runbook.owner ?? '',
    severity: runbook.severity ?? '',
  };
  if (runbook.entityRefs.length === 0) {
    return [{ ...shared, entityRef: '', location: page }];
  }
  return runbook.entityRefs.map(entityRef => ({
    ...shared,
    entityRef,
    // The search keeps one document an address.
    location: `${page}?entityRef=${encodeURIComponent(entityRef)}`,
    authorization: { resourceRef: entityRef },
  }));
}
