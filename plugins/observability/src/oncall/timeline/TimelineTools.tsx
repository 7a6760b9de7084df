import {
  Button,
  ButtonIcon,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  RiAddLine,
  RiArrowLeftSLine,
  RiArrowRightSLine,
} from '@remixicon/react';
import { useTranslation } from '../../shared';
import { TIMELINE_SPANS, TimelineSpan, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

/** How the window of the timeline is moved. */
export interface WindowControl {
  window: TimelineWindow;
  setSpan(span: TimelineSpan): void;
  turn(direction: -1 | 1): void;
  goToday(): void;
}

const LABELS = {
  'two-weeks': 'twoWeeks',
  'four-weeks': 'fourWeeks',
  'three-months': 'threeMonths',
} as const satisfies Record<TimelineSpan, string>;

function isSpan(value: unknown): value is TimelineSpan {
  return TIMELINE_SPANS.some(span => span === value);
}

/** How much of the schedule is shown, and from when; and the way to a new override. */
export function TimelineTools(props: {
  control: WindowControl;
  /** Left out where the reader may not override. */
  onOverride?(): void;
}) {
  const { control, onOverride } = props;
  const t = useTranslation();
  return (
    <div className={styles.tools}>
      <ToggleButtonGroup
        aria-label={t('onCall.timeline.span')}
        selectionMode="single"
        disallowEmptySelection
        className={styles.spans}
        selectedKeys={[control.window.span]}
        onSelectionChange={keys => {
          const [span] = keys;
          if (isSpan(span)) {
            control.setSpan(span);
          }
        }}
      >
        {TIMELINE_SPANS.map(span => (
          <ToggleButton key={span} id={span} size="small">
            {t(`onCall.timeline.${LABELS[span]}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label={t('onCall.timeline.earlier')}
        icon={<RiArrowLeftSLine aria-hidden="true" />}
        onPress={() => control.turn(-1)}
      />
      <Button size="small" variant="secondary" onPress={control.goToday}>
        {t('onCall.timeline.today')}
      </Button>
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label={t('onCall.timeline.later')}
        icon={<RiArrowRightSLine aria-hidden="true" />}
        onPress={() => control.turn(1)}
      />
      {onOverride && (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiAddLine aria-hidden="true" />}
          onPress={onOverride}
        >
          {t('onCall.timeline.override')}
        </Button>
      )}
    </div>
  );
}
