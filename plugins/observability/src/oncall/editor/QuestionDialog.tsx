import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { ReactNode } from 'react';
import { Scope } from '../../shared';

/** A question with two answers; the safe one has the focus first. */
export function QuestionDialog(props: {
  title: string;
  children: ReactNode;
  /** The safe answer, and what closing the dialog means. */
  no: { label: string; onPress(): void };
  yes: {
    label: string;
    isDestructive?: boolean;
    isDisabled?: boolean;
    isPending?: boolean;
    onPress(): void;
  };
}) {
  const { title, children, no, yes } = props;
  return (
    <Dialog isOpen isDismissable onOpenChange={no.onPress} width={480}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Scope>{children}</Scope>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={no.onPress}>
          {no.label}
        </Button>
        <Button
          variant="primary"
          destructive={yes.isDestructive}
          isDisabled={yes.isDisabled}
          isPending={yes.isPending}
          onPress={yes.onPress}
        >
          {yes.label}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
