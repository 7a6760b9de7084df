import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** A reference as a person writes it, whole. Throws `InputError` when it is none. */
export function readEntityRef<T extends string | undefined>(text: T): T {
  if (text === undefined) {
    return text;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    ) as T;
  } catch {
    throw new InputError(
      '"entityRef": must name an entity, such as "component:default/crm-web"',
    );
  }
}
