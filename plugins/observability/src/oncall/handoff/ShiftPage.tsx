import {
  onCallReadPermission,
  ShiftInQuestion,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useParams } from 'react-router-dom';
import { isForbidden, isNotFound } from '../../api/failures';
import {
  NextTry,
  NoticePanel,
  PortalLink,
  Scope,
  Section,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { useHandoffNote, useShiftChecklist } from '../api/useShiftPapers';
import { OnCallSkeleton } from '../page/OnCallSkeleton';
import { PersonName } from '../service/PersonName';
import { useWatchFormat } from '../time/useWatchFormat';
import { usePageHrefs } from '../usePageHrefs';
import { ChecklistCard } from './ChecklistCard';
import { HandoffCard } from './HandoffCard';
import page from '../page/page.module.css';

/** One shift: what is to be done around it, and what is told to whoever comes. */
export function ShiftPage() {
  const { key = '' } = useParams();
  const checklist = useShiftChecklist(key);
  const handoff = useHandoffNote(key);
  const t = useTranslation();
  const shift = checklist.checklist?.shift ?? handoff.note?.shift;
  const failure = checklist.failure ?? handoff.failure;
  if (!shift) {
    return (
      <Scope className={page.page}>
        {failure ? (
          <ShiftProblem
            error={failure.error}
            nextTryAt={failure.nextTryAt}
            onRetry={() => {
              checklist.reload();
              handoff.reload();
            }}
          />
        ) : (
          <OnCallSkeleton />
        )}
      </Scope>
    );
  }
  const names = new Map(
    [...shift.people, ...(handoff.note?.next?.people ?? [])].map(
      ({ entityRef, displayName }) => [entityRef, displayName],
    ),
  );
  return (
    <Scope className={page.page}>
      <ShiftHeading shift={shift} />
      <div className={page.columns}>
        {checklist.checklist ? (
          <ChecklistCard
            checklist={checklist.checklist}
            names={names}
            onTick={checklist.tick}
          />
        ) : (
          <Section title={t('onCall.checklist.title')}>
            <PartProblem error={checklist.failure?.error} />
          </Section>
        )}
        {handoff.note ? (
          <HandoffCard
            note={handoff.note}
            names={names}
            onSave={handoff.save}
            onSign={handoff.sign}
            onReadLatest={handoff.readLatest}
          />
        ) : (
          <Section title={t('onCall.handoff.title')} id="handoff">
            <PartProblem error={handoff.failure?.error} />
          </Section>
        )}
      </div>
    </Scope>
  );
}

function ShiftHeading(props: { shift: ShiftInQuestion }) {
  const { schedule, title, level, start, end, people } = props.shift;
  const t = useTranslation();
  const watch = useWatchFormat();
  const hrefs = usePageHrefs();
  const name = <bdi>{title || schedule}</bdi>;
  return (
    <div className={page.heading}>
      <h2>
        {t('onCall.handoff.shift', {
          from: watch.date(new Date(start)),
          to: watch.date(new Date(end)),
        })}
      </h2>
      <div className={page.meta}>
        <span>
          {hrefs ? (
            <PortalLink href={hrefs.onCall(schedule)}>{name}</PortalLink>
          ) : (
            name
          )}{' '}
          · {level}
        </span>
        <span className={text.tabular}>
          {watch.full(new Date(start))} – {watch.full(new Date(end))}
        </span>
        {people.map(person => (
          <PersonName key={person.entityRef} person={person} />
        ))}
      </div>
    </div>
  );
}

/** One of the two cannot be read; the other is shown all the same. */
function PartProblem(props: { error: Error | undefined }) {
  const { error } = props;
  const t = useTranslation();
  return error ? (
    <p>{t('onCall.mine.failed', { message: error.message })}</p>
  ) : (
    <p role="status">{t('onCall.loading')}</p>
  );
}

function ShiftProblem(props: {
  error: Error;
  nextTryAt: Date;
  onRetry(): void;
}) {
  const { error, nextTryAt, onRetry } = props;
  const t = useTranslation();
  if (isForbidden(error)) {
    return (
      <Section title={t('onCall.page.forbidden')}>
        {t('onCall.page.forbiddenHint', {
          permission: (
            <code className={text.code}>{onCallReadPermission.name}</code>
          ),
        })}
      </Section>
    );
  }
  const isGone = isNotFound(error);
  return (
    <div className={page.panel}>
      <NoticePanel
        title={isGone ? t('onCall.handoff.gone') : t('onCall.page.failed')}
        action={{ label: t('shared.frame.tryNow'), onPress: onRetry }}
      >
        <p className={text.small}>
          {isGone ? (
            t('onCall.handoff.goneHint')
          ) : (
            <>
              <bdi>{error.message}</bdi> <NextTry at={nextTryAt} />
            </>
          )}
        </p>
      </NoticePanel>
    </div>
  );
}
