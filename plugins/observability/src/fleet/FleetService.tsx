import { parseEntityRef } from '@backstage/catalog-model';
import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { entityName, PortalLink, useTranslation } from '../shared';
import styles from './FleetTable.module.css';

/** The name of a service, which leads to its health. */
export function FleetService(props: { item: EntityHealth; href: string }) {
  const { item, href } = props;
  const { entityRef, title, owner, system } = item;
  const t = useTranslation();
  const { kind, namespace } = parseEntityRef(entityRef);
  const belongings = [system, owner].filter(ref => ref !== undefined);
  return (
    <div className={styles.service}>
      <PortalLink href={href} title={entityRef} quiet>
        <b>
          <bdi>{title}</bdi>
        </b>
      </PortalLink>
      {kind === 'api' && <Aside>{t('health.entityKind.api')}</Aside>}
      {kind === 'resource' && <Aside>{t('health.entityKind.resource')}</Aside>}
      {namespace !== 'default' && <Aside>{namespace}</Aside>}
      {belongings.length > 0 && (
        <span className={styles.belongings}>
          {belongings.map(entityName).join(' · ')}
        </span>
      )}
    </div>
  );
}

function Aside(props: { children: string }) {
  return <span className={styles.aside}>{props.children}</span>;
}
