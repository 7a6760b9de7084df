import { Button, Card } from '@backstage/ui';
import { ScheduleWarning } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { nameOf } from '../timeline/people';
import styles from './page.module.css';

const CRITICAL = ['gap', 'unknown-person', 'empty-layer'];

/** After every instant. */
const LAST = '9';

const FACTS = {
  'empty-layer': 'emptyLayer',
  gap: 'gap',
  'handoff-in-gap': 'handoffInGap',
  'handoff-in-overlap': 'handoffInOverlap',
  'layer-ends': 'layerEnds',
  'left-owner-group': 'leftOwnerGroup',
  'one-person-layer': 'onePersonLayer',
  'override-without-effect': 'overrideWithoutEffect',
  'swap-without-effect': 'swapWithoutEffect',
  'two-levels': 'twoLevels',
  'unknown-person': 'unknownPerson',
} as const satisfies Record<ScheduleWarning['code'], string>;

/** Notes about clocks are told below the chart; they are no reason to act. */
export function isNote(warning: ScheduleWarning): boolean {
  return (
    warning.code === 'handoff-in-gap' || warning.code === 'handoff-in-overlap'
  );
}

/** What is wrong in the coming 30 days, worst first, then soonest; each with one thing to do. */
export function Warnings(props: {
  warnings: readonly ScheduleWarning[];
  now: number;
  names: ReadonlyMap<string, string>;
  /** Left out where the reader may not override. */
  onOverride?(warning: ScheduleWarning): void;
  onShow(at: string): void;
}) {
  const { now, names, onOverride, onShow } = props;
  const t = useTranslation();
  const format = useFormat();
  const watch = useWatchFormat();
  const warnings = props.warnings
    .filter(warning => !isNote(warning))
    .sort(byUrgency);
  if (warnings.length === 0) {
    return null;
  }
  return (
    <Card className={styles.warnings} aria-label={t('onCall.warnings.label')}>
      <ul className={styles.list}>
        {warnings.map(warning => {
          const { code, at, level, layer, person } = warning;
          const date = at === undefined ? undefined : new Date(at);
          const values = {
            level: level ?? '',
            layer: layer ?? '',
            person: person ? nameOf(names, person) : '',
            when: date ? watch.when(date, now) : '',
            utc: date ? date.toISOString().slice(11, 16) : '',
          };
          const key = FACTS[code];
          return (
            <li
              key={[code, at, level, layer, person].join(' ')}
              className={styles.warning}
            >
              <StatusBadge
                status={isCritical(warning) ? 'critical' : 'warning'}
                variant="chip"
              >
                {date && date.getTime() > now
                  ? t('shared.time.ahead', {
                      duration: format.duration(date.getTime() - now),
                    })
                  : t('shared.time.now')}
              </StatusBadge>
              <p>
                <b className={text.strong}>
                  {t(`onCall.warnings.${key}.fact`, values)}
                </b>{' '}
                <span className={text.secondary}>
                  {t(`onCall.warnings.${key}.consequence`, values)}
                </span>
              </p>
              {code === 'gap' && onOverride && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => onOverride(warning)}
                >
                  {t('onCall.warnings.override')}
                </Button>
              )}
              {(code !== 'gap' || !onOverride) && at !== undefined && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => onShow(at)}
                >
                  {t('onCall.warnings.show')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function isCritical(warning: ScheduleWarning): boolean {
  return CRITICAL.includes(warning.code);
}

function byUrgency(one: ScheduleWarning, other: ScheduleWarning): number {
  if (isCritical(one) !== isCritical(other)) {
    return isCritical(one) ? -1 : 1;
  }
  // What holds all the time is less urgent than what is about to happen.
  return (one.at ?? LAST).localeCompare(other.at ?? LAST);
}
