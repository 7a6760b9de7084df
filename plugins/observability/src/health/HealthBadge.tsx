import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../api';
import {
  InlineScope,
  PortalLink,
  StatusBadge,
  useTranslation,
} from '../shared';
import { HiddenText } from '../shared';
import { useHealthHref } from './useHealthHref';

/**
 * The status of an entity for the head of its page. Draws nothing where nothing
 * is configured, and nothing it does not know.
 */
export function HealthBadge() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  const href = useHealthHref(entity);
  const t = useTranslation();
  if (view.state !== 'loaded' || view.report.status === null) {
    return null;
  }
  return (
    <InlineScope>
      <PortalLink href={href} quiet>
        <HiddenText>{t('health.title')}: </HiddenText>
        <StatusBadge status={view.report.status} variant="chip" />
      </PortalLink>
    </InlineScope>
  );
}
