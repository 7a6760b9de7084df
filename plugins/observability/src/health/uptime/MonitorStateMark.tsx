import { RiPauseCircleLine, RiTimeLine, RiToolsLine } from '@remixicon/react';
import { MonitorState } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { HiddenText, StatusBadge, useTranslation } from '../../shared';
import { STATE_STATUS } from './monitors';
import styles from './uptime.module.css';

const ICONS = {
  maintenance: RiToolsLine,
  paused: RiPauseCircleLine,
  pending: RiTimeLine,
} as const;

function hasIcon(state: MonitorState): state is keyof typeof ICONS {
  return state in ICONS;
}

/** The mark of a monitor's state: each has its own, and its word. */
export function MonitorStateMark(props: {
  state: MonitorState;
  /** Leaves the word to those who listen, where the text beside says it. */
  hideWord?: boolean;
}) {
  const { state, hideWord } = props;
  const t = useTranslation();
  const word = t(`health.uptime.state.${state}`);
  if (hasIcon(state)) {
    const Icon = ICONS[state];
    return (
      <span className={classNames(styles.mark, styles.neutral)}>
        <Icon size={16} aria-hidden="true" />
        {hideWord ? <HiddenText>{word}</HiddenText> : word}
      </span>
    );
  }
  return (
    <StatusBadge status={STATE_STATUS[state]} hideWord={hideWord}>
      {word}
    </StatusBadge>
  );
}
