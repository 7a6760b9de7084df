import { Entity } from '@backstage/catalog-model';
import { PlainLink, safeHref, useTranslation } from '../../shared';
import { editUrlOf, fileNameOf } from '../entity';

/** Leads to where the entity's file can be edited; nothing where nobody knows. */
export function EditLink(props: { entity: Entity }) {
  const { entity } = props;
  const t = useTranslation();
  const href = editUrlOf(entity);
  if (!safeHref(href)) {
    return null;
  }
  return (
    <PlainLink href={href}>
      {t('health.notConfigured.edit', { file: fileNameOf(entity) })}
    </PlainLink>
  );
}
