import { Button } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { HiddenText } from './HiddenText';
import { useTranslation } from './useTranslation';

const NOTICE_MS = 3000;

/** Copies a text and says so, also to those who listen. */
export function CopyButton(props: {
  text: string;
  /** What is copied, for those who listen: "Copy" alone says little. */
  label: string;
}) {
  const { text, label } = props;
  const t = useTranslation();
  const [outcome, setOutcome] = useState<'none' | 'done' | 'failed'>('none');

  useEffect(() => {
    if (outcome === 'none') {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome('none'), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('done');
    } catch {
      setOutcome('failed');
    }
  }

  const notice = outcome === 'none' ? '' : t(`shared.copy.${outcome}`);
  return (
    // One box, so that it can be placed as one thing.
    <span>
      <Button
        size="small"
        variant="secondary"
        aria-label={label}
        onPress={copy}
      >
        {notice || t('shared.copy.action')}
      </Button>
      <span role="status">
        <HiddenText>{notice}</HiddenText>
      </span>
    </span>
  );
}
