import {
  metricsOfAlert,
  normalizeAlertName,
} from '@watchkeeper/backstage-plugin-observability-common';
import { LookupDocument } from './LookupDocument';
import { partsOf } from './words';

/** A runbook that answers a name. */
export interface NamedRunbook {
  id: string;
  /** The name as the runbook writes it. */
  name: string;
  field: 'alerts' | 'fileName';
  /** How many letters of what was asked for it covers. */
  length: number;
}

/** Longer names than this many words are none. */
const MAX_NAME_WORDS = 8;
const MAX_QUERY_WORDS = 32;

/** Which runbook answers which alert or metric, by its list of alerts and by the name of its file. */
export class AlertNames {
  readonly #byName = new Map<
    string,
    Map<string, Omit<NamedRunbook, 'length'>>
  >();

  add(document: LookupDocument): void {
    for (const entry of namesOf(document)) {
      const key = normalizeAlertName(entry.name);
      if (key.length > 0) {
        const runbooks = this.#byName.get(key) ?? new Map();
        if (runbooks.get(document.id)?.field !== 'alerts') {
          runbooks.set(document.id, entry);
        }
        this.#byName.set(key, runbooks);
      }
    }
  }

  remove(document: LookupDocument): void {
    for (const { name } of namesOf(document)) {
      const key = normalizeAlertName(name);
      const runbooks = this.#byName.get(key);
      runbooks?.delete(document.id);
      if (runbooks?.size === 0) {
        this.#byName.delete(key);
      }
    }
  }

  /** The runbooks of exactly this name, or of another name of the same metric. */
  find(name: string): NamedRunbook[] {
    const found = new Map<string, NamedRunbook>();
    const length = normalizeAlertName(name).length;
    for (const alias of aliasesOf(name)) {
      for (const [id, entry] of this.#byName.get(alias) ?? []) {
        if (!found.has(id)) {
          found.set(id, { ...entry, length });
        }
      }
    }
    return [...found.values()];
  }

  /**
   * The runbooks whose name stands in a text. Within more words only names of
   * several words count, since one alone may be meant otherwise.
   */
  findWithin(text: string): NamedRunbook[] {
    const words = partsOf(text).slice(0, MAX_QUERY_WORDS);
    const found = new Map<string, NamedRunbook>();
    for (let start = 0; start < words.length; start++) {
      const last = Math.min(words.length, start + MAX_NAME_WORDS);
      for (let end = start + 1; end <= last; end++) {
        const isWhole = start === 0 && end === words.length;
        const name = words.slice(start, end).join('');
        for (const runbook of this.find(name)) {
          const before = found.get(runbook.id);
          if (
            (isWhole || partsOf(runbook.name).length > 1) &&
            (before === undefined || runbook.length > before.length)
          ) {
            found.set(runbook.id, runbook);
          }
        }
      }
    }
    return [...found.values()];
  }
}

function namesOf({
  id,
  alerts,
  fileName,
}: LookupDocument): Omit<NamedRunbook, 'length'>[] {
  return [
    ...alerts.map(name => ({ id, name, field: 'alerts' as const })),
    ...(fileName === undefined
      ? []
      : [{ id, name: stemOfFile(fileName), field: 'fileName' as const }]),
  ];
}

/** A metric is known by its id and by the name of its alert. */
function aliasesOf(name: string): Set<string> {
  return new Set(
    [
      name,
      ...metricsOfAlert(name).flatMap(metric => [metric.alertName, metric.id]),
    ].map(normalizeAlertName),
  );
}

/** `site-down` of `runbooks/site-down.md`; of `site-down/README.md` too. */
export function stemOfFile(fileName: string): string {
  const parts = fileName.split('/').filter(part => part.length > 0);
  const stem = (parts.at(-1) ?? '').replace(/\.[a-z]{1,8}$/i, '');
  return /^(?:_?index|readme)$/i.test(stem) ? parts.at(-2) ?? stem : stem;
}
