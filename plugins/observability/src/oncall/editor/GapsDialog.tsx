import { CoverageGap } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import { useWatchFormat } from '../time/useWatchFormat';
import { QuestionDialog } from './QuestionDialog';

/** As many gaps are named. */
const NAMED = 6;

/** Asks whether a schedule is to be saved with its gaps, and names them. */
export function GapsDialog(props: {
  gaps: readonly CoverageGap[];
  onBack(): void;
  onSave(): void;
}) {
  const { gaps, onBack, onSave } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const more = gaps.length - NAMED;
  return (
    <QuestionDialog
      title={t('scheduleEditor.gaps.title')}
      no={{ label: t('scheduleEditor.gaps.back'), onPress: onBack }}
      yes={{ label: t('scheduleEditor.gaps.save'), onPress: onSave }}
    >
      <p>{t('scheduleEditor.gaps.lead')}</p>
      <ul>
        {gaps.slice(0, NAMED).map(({ level, start, end }) => (
          <li key={`${level} ${start}`}>
            {t('scheduleEditor.gaps.gap', {
              level,
              start: watch.full(new Date(start)),
              end: watch.full(new Date(end)),
            })}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('scheduleEditor.gaps.more', { count: more })}</p>}
    </QuestionDialog>
  );
}
