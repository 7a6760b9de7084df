import {
  HandoffFact,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import { CatalogDirectory } from '../CatalogDirectory';
import { formatStretch } from '../reminders/wording';
import { definitionAt } from '../scheduleAnswers';
import { HandoffSource, toSection } from './HandoffSource';

/** Overrides of the coming shift, and shifts that somebody still asks others to cover. */
export function createScheduleSource(
  directory: Pick<CatalogDirectory, 'people'>,
): HandoffSource {
  return {
    async sections({ schedule, shift, nextUntil, now }) {
      const definition = definitionAt(schedule, now);
      const from = shift.end;
      const to = nextUntil ?? shift.end;
      const overrides = schedule.overrides.filter(
        ({ level, start, end }) =>
          (level === undefined || level === shift.level) &&
          start < to &&
          end > from,
      );
      const swaps = schedule.swaps.filter(
        ({ state, start }) => state === 'open' && start > now,
      );
      const { people } = await directory.people([
        ...overrides.flatMap(({ add, remove }) =>
          [add, remove].filter(isThere),
        ),
        ...swaps.flatMap(swap => [swap.from, swap.to].filter(isThere)),
      ]);
      const nameOf = (ref: string) => people.get(ref)?.displayName ?? ref;
      return [
        toSection(
          'overrides',
          'Overrides of the coming shift',
          overrides.map(override => {
            const { add, remove } = override;
            const who =
              add && remove
                ? `${nameOf(add)} instead of ${nameOf(remove)}`
                : `${add ? `${nameOf(add)} joins` : ''}${
                    remove ? `${nameOf(remove)} is off` : ''
                  }`;
            return toFact(who, override, definition, [add, remove]);
          }),
        ),
        toSection(
          'swaps',
          'Shifts that nobody has taken yet',
          swaps.map(swap =>
            toFact(
              `${nameOf(swap.from)} asks${
                swap.to ? ` ${nameOf(swap.to)}` : ''
              } for cover at ${swap.level}`,
              swap,
              definition,
              [swap.from, swap.to],
            ),
          ),
        ),
      ];
    },
  };
}

function toFact(
  text: string,
  stretch: { start: string; end: string },
  { timeZone }: Schedule,
  people: (string | undefined)[],
): HandoffFact {
  return {
    text: `${formatStretch(stretch, timeZone)}: ${text}`,
    at: stretch.start,
    until: stretch.end,
    people: people.filter(isThere),
  };
}

function isThere(ref: string | undefined): ref is string {
  return ref !== undefined;
}
