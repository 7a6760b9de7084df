import { Button } from '@backstage/ui';
import { CalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import styles from './feeds.module.css';

/** The links that are in force, with when each was last used. */
export function FeedList(props: {
  feeds: readonly CalendarFeed[];
  titleOf(schedule: string): string;
  /** Rejects when it could not be revoked. */
  onRevoke(id: string): Promise<void>;
}) {
  const { feeds, titleOf, onRevoke } = props;
  const t = useTranslation();
  return (
    <section className={styles.list}>
      <h3>{t('onCall.feeds.existing')}</h3>
      {feeds.length === 0 && (
        <p className={text.secondary}>{t('onCall.feeds.none')}</p>
      )}
      <ul>
        {feeds.map(feed => (
          <Feed
            key={feed.id}
            feed={feed}
            holds={
              feed.schedule
                ? t('onCall.feeds.ofSchedule', {
                    schedule: titleOf(feed.schedule),
                  })
                : t('onCall.feeds.mine')
            }
            onRevoke={() => onRevoke(feed.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function Feed(props: {
  feed: CalendarFeed;
  holds: string;
  onRevoke(): Promise<void>;
}) {
  const { feed, holds, onRevoke } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const [step, setStep] = useState<'listed' | 'asked' | 'revoking'>('listed');
  const [failure, setFailure] = useState<Error>();
  const name = feed.label || holds;

  async function revoke() {
    setStep('revoking');
    setFailure(undefined);
    try {
      await onRevoke();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setStep('listed');
    }
  }

  return (
    <li>
      <div>
        <b className={text.strong}>
          <bdi>{name}</bdi>
        </b>
        <div className={`${text.small} ${text.secondary}`}>
          {feed.label && (
            <>
              <bdi>{holds}</bdi>
              {' · '}
            </>
          )}
          {t('onCall.feeds.createdOn', {
            day: watch.date(new Date(feed.createdAt)),
          })}
          {' · '}
          {feed.lastUsedOn
            ? t('onCall.feeds.lastUsed', {
                day: watch.date(new Date(`${feed.lastUsedOn}T12:00:00Z`)),
              })
            : t('onCall.feeds.neverUsed')}
        </div>
        <div role="alert" className={`${text.small} ${text.critical}`}>
          {failure && t('onCall.swaps.failed', { message: failure.message })}
        </div>
      </div>
      {step === 'listed' ? (
        <Button
          size="small"
          variant="secondary"
          aria-label={t('onCall.feeds.revokeOf', { feed: name })}
          onPress={() => setStep('asked')}
        >
          {t('onCall.feeds.revoke')}
        </Button>
      ) : (
        <div className={styles.confirm} role="group" aria-label={name}>
          <p className={text.small}>{t('onCall.feeds.confirm')}</p>
          <Button
            size="small"
            variant="primary"
            destructive
            isPending={step === 'revoking'}
            onPress={revoke}
          >
            {t('onCall.feeds.revoke')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            onPress={() => setStep('listed')}
          >
            {t('onCall.feeds.keep')}
          </Button>
        </div>
      )}
    </li>
  );
}
