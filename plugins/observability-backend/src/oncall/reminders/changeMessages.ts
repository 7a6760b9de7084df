import { Swap } from '@watchkeeper/backstage-plugin-observability-common';
import { OutboxMessage } from '../../notifications/Outbox';
import { onCallLink } from '../onCallLink';
import { StoredSchedule } from '../OnCallStore';
import { definitionAt, titleOf } from '../scheduleAnswers';
import { WatchChange, watchChanges } from './watchChanges';
import { formatStretch, formatWhen, listOf, occurrenceOf } from './wording';

/** A change by hand: who made it, and how it is named. */
export interface ChangeByHand {
  id: string;
  /** What became of it: each is told once. */
  state: string;
  by: string;
}

type NameOf = (person: string) => string;

/**
 * What those are told whose coming shifts a change by hand gives away, or who get
 * them; whoever made the change knows. Pure.
 */
export function watchChangeMessages(options: {
  before: StoredSchedule;
  after: StoredSchedule;
  from: string;
  to: string;
  change: ChangeByHand;
  nameOf: NameOf;
}): OutboxMessage[] {
  const { before, after, from, to, change, nameOf } = options;
  const definition = definitionAt(after, from);
  const { timeZone } = definition;
  return watchChanges(before, after, from, to)
    .filter(({ person }) => person !== change.by)
    .map(found => {
      const [first] = found.stretches;
      const more = found.stretches.length - 1;
      return {
        kind: 'on-call-change',
        subject: after.name,
        occurrence: occurrenceOf(
          change.id,
          change.state,
          found.person,
          found.direction,
        ),
        recipients: [found.person],
        payload: {
          title: `${titleOf(definition)}: ${headline(found, nameOf)}`,
          description: `At ${listOf(found.levels)}, ${formatStretch(
            first,
            timeZone,
          )}${more > 0 ? `, and ${more} more` : ''}`,
          link: onCallLink(after.name),
          severity: 'normal',
          topic: 'on-call',
          // What is taken back replaces what was told.
          scope: `on-call-change:${occurrenceOf(change.id, found.person)}`,
        },
      };
    });
}

function headline(change: WatchChange, nameOf: NameOf): string {
  const others = listOf(change.others.map(nameOf));
  if (change.direction === 'gained') {
    return others
      ? `you have the watch instead of ${others}`
      : 'you have the watch';
  }
  return others
    ? `your shift was given to ${others}`
    : 'your shift was taken off you';
}

/** Asks those in the rotation, or whom the asker named, to take a shift. Pure. */
export function coverAskedMessages(options: {
  schedule: StoredSchedule;
  swap: Swap;
  by: string;
  nameOf: NameOf;
}): OutboxMessage[] {
  const { schedule, swap, by, nameOf } = options;
  const definition = definitionAt(schedule, swap.start);
  const rotation = definition.levels
    .filter(({ name }) => name === swap.level)
    .flatMap(({ layers }) => layers)
    .flatMap(({ members }) => members.flat())
    .filter(member => member !== null);
  const asked = swap.to === undefined ? rotation : [swap.to];
  const recipients = [...new Set(asked)].filter(
    person => person !== swap.from && person !== by,
  );
  if (recipients.length === 0) {
    return [];
  }
  return [
    {
      kind: 'on-call-cover',
      subject: schedule.name,
      occurrence: swap.id,
      recipients,
      payload: {
        title: `${titleOf(definition)}: ${nameOf(swap.from)} asks for cover`,
        description: `At ${swap.level}, ${formatStretch(
          swap,
          definition.timeZone,
        )}`,
        link: onCallLink(schedule.name),
        severity: 'normal',
        topic: 'on-call',
        scope: `on-call-cover:${swap.id}`,
      },
    },
  ];
}

/** Tells both people that there is nothing left to cover. Pure. */
export function lapsedSwapMessages(
  schedule: StoredSchedule,
  swap: Swap,
): OutboxMessage[] {
  const definition = definitionAt(schedule, swap.start);
  const { timeZone } = definition;
  const people = swap.to === undefined ? [swap.from] : [swap.from, swap.to];
  return people.map(person => ({
    kind: 'on-call-cover-lapsed',
    subject: schedule.name,
    occurrence: occurrenceOf(swap.id, person),
    recipients: [person],
    payload: {
      title: `${titleOf(definition)}: the cover of ${formatWhen(
        swap.start,
        timeZone,
      )} is off`,
      description: `The shift at ${swap.level} that it was for is no longer there; look at who has the watch then`,
      link: onCallLink(schedule.name),
      severity: 'normal',
      topic: 'on-call',
      scope: `on-call-change:${occurrenceOf(swap.id, person)}`,
    },
  }));
}
