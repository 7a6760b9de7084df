import { Button } from '@backstage/ui';
import { ReactNode } from 'react';
import {
  StatusBadge,
  StatusIcon,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { clockIn, placeOf } from '../time/zones';
import { peopleOf, sourceOf, WordsOfSchedule } from './describe';
import { nameOf, PersonMark } from './people';
import { PersonInitials } from './PersonInitials';
import { ShiftFacts } from './selection';
import { ShiftRights } from './shiftRights';
import styles from './details.module.css';

/** What can be done about a shift. */
export interface ShiftActions {
  onOverride(): void;
  onTake(): void;
  onAskForCover(): void;
  onChange(): void;
  onRemove(): void;
}

/** One shift or gap: who, instead of whom, when, on whose clock, why, and what it brings with it. */
export function ShiftDetails(props: {
  facts: ShiftFacts;
  now: number;
  words: WordsOfSchedule;
  marks: ReadonlyMap<string, PersonMark>;
  /** The zones that matter to it and are not the reader's. */
  zones: readonly string[];
}) {
  const { facts, now, words, marks, zones } = props;
  const { bar, level, people, replaced, override, underneath } = facts;
  const t = useTranslation();
  const format = useFormat();
  const { watch, names } = words;
  const person = (ref: string) => (
    <span key={ref} className={styles.person}>
      <PersonInitials name={nameOf(names, ref)} mark={marks.get(ref)} />
      <bdi>{nameOf(names, ref)}</bdi>
    </span>
  );
  return (
    <div className={styles.details}>
      <div className={styles.people}>
        {people.length === 0 && (
          <StatusBadge status="critical">{peopleOf(bar, words)}</StatusBadge>
        )}
        {people.map(person)}
        {replaced && (
          <>
            <span className={text.secondary}>
              {t('onCall.details.replaces')}
            </span>
            {person(replaced)}
          </>
        )}
      </div>
      <dl>
        <dt>{t('onCall.timeline.when')}</dt>
        <dd className={text.tabular}>
          {watch.full(new Date(bar.start))} – {watch.full(new Date(bar.end))}
          <div className={`${text.small} ${text.secondary}`}>
            {[
              format.length(bar.end - bar.start),
              ...zones.map(timeZone =>
                t('onCall.details.clockThere', {
                  start: clockIn(timeZone, bar.start) ?? '',
                  end: clockIn(timeZone, bar.end) ?? '',
                  place: placeOf(timeZone),
                }),
              ),
            ].join(' · ')}
          </div>
        </dd>
        {override?.reason ? (
          <Fact name={t('onCall.details.reason')}>{override.reason}</Fact>
        ) : (
          <Fact name={t('onCall.timeline.why')}>{sourceOf(bar, words)}</Fact>
        )}
        {underneath && (
          <Fact name={t('onCall.details.underneath')}>
            {t('onCall.details.ofLayer', {
              people: underneath.people
                .map(ref => nameOf(names, ref))
                .join(', '),
              layer: underneath.layer,
            })}
          </Fact>
        )}
      </dl>
      {(people.length === 0 || facts.twoLevels.length > 0) && bar.end > now && (
        <ul className={styles.consequences} data-critical={people.length === 0}>
          {people.length === 0 && (
            <li>
              <StatusIcon status="critical" />
              {t('onCall.details.nobody', { level })}
            </li>
          )}
          {facts.twoLevels.map(other => (
            <li key={`${other.person} ${other.level}`}>
              <StatusIcon status="warning" />
              {t('onCall.details.twoLevels', {
                person: nameOf(names, other.person),
                level,
                other: other.level,
              })}
            </li>
          ))}
        </ul>
      )}
      {bar.end <= now && (
        <p className={`${text.small} ${text.secondary}`}>
          {t('onCall.details.over')}
        </p>
      )}
    </div>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        <bdi>{props.children}</bdi>
      </dd>
    </>
  );
}

/** The buttons of a shift, as far as the reader may press them, and who made the change behind it. */
export function ShiftButtons(props: {
  facts: ShiftFacts;
  rights: ShiftRights;
  words: WordsOfSchedule;
  actions: ShiftActions;
}) {
  const { facts, rights, words, actions } = props;
  const { override } = facts;
  const t = useTranslation();
  return (
    <div className={styles.buttons}>
      {rights.change && (
        <Button size="small" variant="primary" onPress={actions.onChange}>
          {t('onCall.details.change')}
        </Button>
      )}
      {rights.remove && (
        <Button size="small" variant="secondary" onPress={actions.onRemove}>
          {t('onCall.details.remove')}
        </Button>
      )}
      {!rights.change && rights.override === 'anybody' && (
        <Button size="small" variant="primary" onPress={actions.onOverride}>
          {t('onCall.details.override')}
        </Button>
      )}
      {!rights.change && rights.override === 'oneself' && (
        <Button size="small" variant="primary" onPress={actions.onTake}>
          {t('onCall.swaps.take')}
        </Button>
      )}
      {rights.askForCover && (
        <Button
          size="small"
          variant="secondary"
          onPress={actions.onAskForCover}
        >
          {t('onCall.details.askForCover')}
        </Button>
      )}
      {override && (
        <span className={`${styles.maker} ${text.small} ${text.secondary}`}>
          {t('onCall.details.by', {
            person: nameOf(words.names, override.createdBy),
            when: words.watch.full(new Date(override.createdAt)),
          })}
        </span>
      )}
    </div>
  );
}
