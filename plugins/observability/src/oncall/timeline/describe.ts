import { Translate } from '../../shared';
import { WatchFormat } from '../time/createWatchFormat';
import { LaneBar } from './lanes';
import { nameOf } from './people';

/** What the words about a schedule are made with. */
export interface WordsOfSchedule {
  t: Translate;
  watch: WatchFormat;
  names: ReadonlyMap<string, string>;
}

/** The people of a bar, by name; "nobody" for a gap. */
export function peopleOf(bar: LaneBar, words: WordsOfSchedule): string {
  const { t, names } = words;
  const listed = (people: readonly string[]) =>
    people.map(person => nameOf(names, person)).join(', ');
  switch (bar.type) {
    case 'shift':
      return listed(bar.shift.people);
    case 'gap':
      return t('health.onCall.nobody');
    case 'override':
      return bar.override.add
        ? listed([bar.override.add])
        : t('health.onCall.nobody');
    default:
      return bar.swap.to ? listed([bar.swap.to]) : t('onCall.source.asked');
  }
}

/** Why these people have the watch. */
export function sourceOf(bar: LaneBar, words: WordsOfSchedule): string {
  const { t, names } = words;
  switch (bar.type) {
    case 'gap':
      return t('onCall.source.gap');
    case 'override':
      return bar.override.remove
        ? t('onCall.source.overrideOf', {
            person: nameOf(names, bar.override.remove),
          })
        : t('onCall.source.override');
    case 'swap':
      return t(
        bar.swap.state === 'open'
          ? 'onCall.source.openSwapOf'
          : 'onCall.source.swapOf',
        { person: nameOf(names, bar.swap.from) },
      );
    default: {
      const { type, layer } = bar.shift.source;
      if (type === 'rotation') {
        return layer
          ? t('onCall.source.layer', { layer })
          : t('onCall.source.rotation');
      }
      return t(`onCall.source.${type}`);
    }
  }
}

/** One bar in a sentence: level, people, from when to when, why. */
export function describeBar(
  bar: LaneBar,
  level: string,
  words: WordsOfSchedule,
): string {
  const { t, watch } = words;
  return t('onCall.timeline.bar', {
    level,
    people: peopleOf(bar, words),
    start: watch.full(new Date(bar.start)),
    end: watch.full(new Date(bar.end)),
    source: sourceOf(bar, words),
  });
}
