import { StatusBadge, useTranslation } from '../../shared';

/** The entity names a source, and the back end has yet to notice. */
export function NotYetRead() {
  const t = useTranslation();
  return (
    <p>
      <StatusBadge status="unknown" /> {t('shared.frame.pending')}
    </p>
  );
}
