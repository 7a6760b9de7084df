import { Box, Button } from '@backstage/ui';
import type { SourceHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { useId, useState } from 'react';
import { RelativeTime, useFormat, useTranslation } from '../shared';
import { SourceList } from './SourceList';
import { sourceProblemTitle } from './sourceText';
import styles from './Sources.module.css';

/** Sources that cannot be read, what that leaves unknown, and on demand all sources. */
export function SourcesStrip(props: { sources: readonly SourceHealth[] }) {
  const { sources } = props;
  const t = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const failing = sources.filter(source => source.problem);
  if (failing.length === 0) {
    return null;
  }
  const affected = Math.max(...failing.map(source => source.affectedEntities));
  const [first] = failing;
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.strip}
      aria-label={t('fleet.sources.label')}
    >
      <div className={styles.line}>
        <p className={styles.words}>
          <b>
            {failing.length === 1
              ? t('fleet.sources.failing', {
                  title: sourceProblemTitle(first, t),
                  clock: (
                    <RelativeTime at={first.problem?.since} style="clock" />
                  ),
                })
              : t('fleet.sources.failingMany', { count: failing.length })}
          </b>{' '}
          {affected > 0 &&
            t('fleet.sources.affected', {
              count: affected,
              number: format.number(affected),
            })}{' '}
          {sources.length > failing.length && t('fleet.sources.restAnswers')}
        </p>
        <Button
          size="small"
          variant="secondary"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          onPress={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'fleet.sources.hide' : 'fleet.sources.see')}
        </Button>
      </div>
      {isOpen && <SourceList id={listId} sources={sources} />}
    </Box>
  );
}
