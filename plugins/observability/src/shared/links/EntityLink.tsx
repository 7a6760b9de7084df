import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ReactNode } from 'react';
import { PortalLink } from './PortalLink';

/** A link to the page of an entity. Its name, unless children say otherwise. */
export function EntityLink(props: {
  entityRef: string;
  children?: ReactNode;
  className?: string;
  quiet?: boolean;
}) {
  const { entityRef, children, className, quiet } = props;
  const entityLink = useEntityRefLink();
  return (
    <PortalLink
      href={entityLink(entityRef)}
      title={entityRef}
      className={className}
      quiet={quiet}
    >
      {children ?? entityName(entityRef)}
    </PortalLink>
  );
}

/** The name in a reference; the reference itself when it is none. */
export function entityName(entityRef: string): string {
  try {
    return parseEntityRef(entityRef, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }).name;
  } catch {
    return entityRef;
  }
}
