import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { CreatedCalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { CopyButton, Scope, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useCalendarFeeds } from '../api/useCalendarFeeds';
import { FeedList } from './FeedList';
import { NewFeedForm } from './NewFeedForm';
import styles from './feeds.module.css';

/** Where a person has their calendar follow shifts, and takes that back. */
export function CalendarFeedsDialog(props: {
  schedules: readonly { schedule: string; title: string }[];
  onClose(): void;
}) {
  const { schedules, onClose } = props;
  const t = useTranslation();
  const { feeds, failure, reload, create, revoke } = useCalendarFeeds();
  const [created, setCreated] = useState<CreatedCalendarFeed>();
  return (
    <Dialog isOpen isDismissable onOpenChange={onClose} width={560}>
      <DialogHeader>{t('onCall.feeds.title')}</DialogHeader>
      <DialogBody>
        <Scope className={styles.body}>
          {created ? (
            <FeedLink feed={created} onMore={() => setCreated(undefined)} />
          ) : (
            <NewFeedForm
              schedules={schedules}
              onCreate={async feed => setCreated(await create(feed))}
            />
          )}
          {failure && !feeds && (
            <div role="alert">
              {t('onCall.feeds.failed', { message: failure.error.message })}{' '}
              <Button size="small" variant="secondary" onPress={reload}>
                {t('shared.frame.tryNow')}
              </Button>
            </div>
          )}
          {feeds && (
            <FeedList
              feeds={feeds}
              titleOf={name =>
                schedules.find(({ schedule }) => schedule === name)?.title ??
                name
              }
              onRevoke={async id => {
                await revoke(id);
                if (created?.id === id) {
                  setCreated(undefined);
                }
              }}
            />
          )}
        </Scope>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('onCall.feeds.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** A link that was just made: this is the only time that it can be seen. */
function FeedLink(props: { feed: CreatedCalendarFeed; onMore(): void }) {
  const { feed, onMore } = props;
  const t = useTranslation();
  return (
    <div className={styles.link} role="status">
      <b className={text.strong}>{t('onCall.feeds.made')}</b>
      <div className={styles.url}>
        <code className={text.code}>{feed.url}</code>
        <CopyButton text={feed.url} label={t('onCall.feeds.copy')} />
      </div>
      <p>
        {feed.schedule
          ? t('onCall.feeds.grantsSchedule')
          : t('onCall.feeds.grantsMine')}
      </p>
      <p className={text.secondary}>{t('onCall.feeds.once')}</p>
      <div>
        <Button size="small" variant="secondary" onPress={onMore}>
          {t('onCall.feeds.another')}
        </Button>
      </div>
    </div>
  );
}
