import { FairnessReport } from '@watchkeeper/backstage-plugin-observability-common';
import { writeCsv } from '../http/csv';

const HEADER = [
  'Person',
  'Reference',
  'Hours',
  'Nights',
  'Weekends',
  'Shifts',
  'Share',
];

/** What a schedule asked of each person, as a file: a row for each. */
export function fairnessCsv({ items, people }: FairnessReport): string {
  const names = new Map(
    people.map(({ entityRef, displayName }) => [entityRef, displayName]),
  );
  return writeCsv([
    HEADER,
    ...items.map(({ person, hours, nights, weekends, shifts, share }) => [
      names.get(person) ?? person,
      person,
      hours.toFixed(2),
      String(nights),
      String(weekends),
      String(shifts),
      share.toFixed(4),
    ]),
  ]);
}
