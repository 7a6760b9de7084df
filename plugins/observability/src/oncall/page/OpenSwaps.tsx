import { Button } from '@backstage/ui';
import { Swap } from '@watchkeeper/backstage-plugin-observability-common';
import { RiArrowLeftRightLine } from '@remixicon/react';
import { useState } from 'react';
import { isForbidden } from '../../api/failures';
import { Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { nameOf } from '../timeline/people';
import { OnCallRights } from '../timeline/shiftRights';
import styles from './page.module.css';

/** Shifts for which somebody asks for cover; whoever is free takes one. */
export function OpenSwaps(props: {
  swaps: readonly Swap[];
  rights: OnCallRights;
  names: ReadonlyMap<string, string>;
  onTake(swap: Swap): Promise<void>;
  onCancel(swap: Swap): Promise<void>;
}) {
  const { swaps, rights, names, onTake, onCancel } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<Error>();

  async function run(swap: Swap, action: (swap: Swap) => Promise<void>) {
    setPending(swap.id);
    setFailure(undefined);
    try {
      await action(swap);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setPending(undefined);
    }
  }

  if (swaps.length === 0) {
    return null;
  }
  return (
    <Section title={t('onCall.swaps.title')}>
      <ul className={styles.list}>
        {swaps.map(swap => {
          const isMine = swap.from === rights.user;
          // Somebody may be asked by name.
          const isForMe =
            swap.to === undefined ||
            swap.to === rights.user ||
            rights.canManage;
          const mayAct =
            (rights.canOverride || rights.canManage) && (isMine || isForMe);
          return (
            <li key={swap.id} className={styles.swap}>
              <RiArrowLeftRightLine size={16} aria-hidden="true" />
              <div>
                <b className={text.strong}>
                  {t('onCall.swaps.asks', {
                    person: <bdi>{nameOf(names, swap.from)}</bdi>,
                  })}
                </b>
                <div className={`${text.small} ${text.secondary}`}>
                  {swap.level}, {watch.full(new Date(swap.start))} –{' '}
                  {watch.full(new Date(swap.end))} ·{' '}
                  {t('onCall.swaps.untilTaken')}
                </div>
              </div>
              {mayAct && (
                <Button
                  size="small"
                  variant={isMine ? 'secondary' : 'primary'}
                  isPending={pending === swap.id}
                  onPress={() => run(swap, isMine ? onCancel : onTake)}
                >
                  {isMine ? t('onCall.swaps.cancel') : t('onCall.swaps.take')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div role="alert" className={text.critical}>
        {failure &&
          (isForbidden(failure)
            ? t('onCall.override.forbidden')
            : t('onCall.swaps.failed', { message: failure.message }))}
      </div>
    </Section>
  );
}
