import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { ReactNode } from 'react';
import { HiddenText } from '../HiddenText';
import { useTranslation } from '../useTranslation';
import { StatusIcon } from './StatusIcon';
import styles from './StatusBadge.module.css';

/**
 * A status: its shape and its word. `null` is "nothing is configured".
 *
 * Unknown is always drawn on a hatched chip, so that it cannot be taken for
 * anything good.
 */
export function StatusBadge(props: {
  status: Status | null;
  /** `plain` by default; `chip` on a card's title; `large` for a page. */
  variant?: 'plain' | 'chip' | 'large';
  /** Another word than the status's own, such as a verdict. */
  children?: ReactNode;
  /** Leaves the word to those who listen, where the text beside says it. */
  hideWord?: boolean;
}) {
  const { status, variant = 'plain', children, hideWord } = props;
  const t = useTranslation();
  const word = children ?? t(`shared.status.${status ?? 'none'}`);
  return (
    <span
      className={classNames(
        styles.badge,
        styles[status ?? 'none'],
        styles[variant],
        { [styles.iconOnly]: hideWord },
      )}
    >
      <StatusIcon status={status} />
      {hideWord ? <HiddenText>{word}</HiddenText> : word}
    </span>
  );
}
