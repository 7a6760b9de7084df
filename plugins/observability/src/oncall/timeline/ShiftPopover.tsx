import {
  ButtonIcon,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Popover,
} from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { ReactNode, RefObject, useEffect } from 'react';
import { Scope, useTranslation } from '../../shared';
import { ShiftFacts } from './selection';
import details from './details.module.css';
import timeline from './timeline.module.css';

/** What kind of shift it is: the change behind it, a gap, or a turn like any other. */
function useTitle({ bar, override, swap }: ShiftFacts): string {
  const t = useTranslation();
  if (bar.type === 'gap') {
    return t('onCall.details.gap');
  }
  if (override) {
    return t('onCall.override.title');
  }
  return swap ? t('onCall.details.swap') : t('onCall.details.shift');
}

/** How much room it needs below the lanes, about. */
const ROOM_PIXELS = 320;

/** Shows a shift beside its bar, below the lanes, so that none of them is hidden. */
export function ShiftPopover(props: {
  facts: ShiftFacts;
  anchor: RefObject<HTMLElement>;
  children: ReactNode;
  buttons: ReactNode;
  onClose(): void;
}) {
  const { facts, anchor, children, buttons, onClose } = props;
  const t = useTranslation();
  const title = useTitle(facts);

  useEffect(() => {
    const bottom = anchor.current?.getBoundingClientRect().bottom ?? 0;
    if (bottom + ROOM_PIXELS > document.documentElement.clientHeight) {
      // Not every browser that tests run in can scroll.
      anchor.current?.scrollIntoView?.({ block: 'center' });
    }
  }, [anchor]);

  return (
    <Popover
      isOpen
      onOpenChange={onClose}
      triggerRef={anchor}
      placement="bottom start"
      shouldFlip={false}
      offset={4}
      hideArrow
      className={details.popover}
      aria-label={t('onCall.details.label')}
    >
      <Scope className={timeline.scope}>
        <div className={details.head}>
          <h3>{title}</h3>
          <span className={details.level}>{facts.level}</span>
          <ButtonIcon
            size="small"
            variant="tertiary"
            className={details.close}
            aria-label={t('onCall.details.close')}
            icon={<RiCloseLine aria-hidden="true" />}
            onPress={onClose}
          />
        </div>
        {children}
        {buttons}
      </Scope>
    </Popover>
  );
}

/** The same on a phone: a sheet over the lower part of the screen, its buttons always in reach. */
export function ShiftSheet(props: {
  facts: ShiftFacts;
  children: ReactNode;
  buttons: ReactNode;
  onClose(): void;
}) {
  const { facts, children, buttons, onClose } = props;
  const title = useTitle(facts);
  return (
    <Dialog
      isOpen
      isDismissable
      onOpenChange={onClose}
      className={details.sheet}
    >
      <DialogHeader>{`${title} · ${facts.level}`}</DialogHeader>
      <DialogBody>
        <Scope className={timeline.scope}>{children}</Scope>
      </DialogBody>
      <DialogFooter>
        <Scope className={details.buttons}>{buttons}</Scope>
      </DialogFooter>
    </Dialog>
  );
}
