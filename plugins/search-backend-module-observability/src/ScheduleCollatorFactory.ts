import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { onCallReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { Readable } from 'node:stream';
import { ObservabilityReader, ScheduleText } from './ObservabilityReader';

/** An on-call schedule as the search keeps it. */
type ScheduleDocument = IndexableDocument & {
  schedule: string;
  owner: string;
  timeZone: string;
};

/** On-call schedules for the search, for those who may see who is on call. */
export class ScheduleCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'observability-schedules';
  readonly visibilityPermission = onCallReadPermission;
  readonly #reader: ObservabilityReader;

  constructor(reader: ObservabilityReader) {
    this.#reader = reader;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  /** Fails as a whole where a part cannot be read, and the last index stays. */
  async *#documents(): AsyncGenerator<ScheduleDocument> {
    for (const name of await this.#reader.scheduleNames()) {
      const details = await this.#reader.schedule(name);
      if (details) {
        yield documentOf(details);
      }
    }
  }
}

function documentOf({ schedule, people }: ScheduleText): ScheduleDocument {
  const { name, title, owner, timeZone, levels } = schedule;
  const names = people.map(({ entityRef, displayName }) =>
    [displayName, nameOfRef(entityRef)].filter(Boolean).join(' '),
  );
  return {
    schedule: name,
    title: title ?? name,
    text: [
      name,
      owner === undefined ? '' : nameOfRef(owner),
      levels.map(level => level.name).join(', '),
      names.join(', '),
    ]
      .filter(text => text !== '')
      .join('\n'),
    owner: owner ?? '',
    timeZone,
    location: `/observability/on-call?schedule=${encodeURIComponent(name)}`,
  };
}

function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
