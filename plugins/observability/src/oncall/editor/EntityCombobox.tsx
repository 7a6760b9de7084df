import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Combobox, useAsyncList } from '@backstage/ui';
import { entityName, useTranslation } from '../../shared';

/** As many are offered; who looks for others types on. */
const OFFERED = 20;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
];

/** A person or a group that can be chosen. */
export interface EntityOption {
  id: string;
  label: string;
  description?: string;
}

/** A field in which a person or a group of the catalog is looked for and chosen. */
export function EntityCombobox(props: {
  kind: 'User' | 'Group';
  label: string;
  description?: string;
  placeholder?: string;
  value: EntityOption | null;
  onChange(option: EntityOption | null): void;
  isDisabled?: boolean;
  problem?: string;
}) {
  const { kind, label, description, placeholder, value, onChange } = props;
  const { isDisabled, problem } = props;
  const catalogApi = useApi(catalogApiRef);
  const t = useTranslation();
  const list = useAsyncList<EntityOption>({
    async load({ filterText }) {
      const term = filterText?.trim();
      const { items } = await catalogApi.queryEntities({
        filter: { kind },
        fields: FIELDS,
        limit: OFFERED,
        orderFields: { field: 'metadata.name', order: 'asc' },
        ...(term && {
          fullTextFilter: {
            term,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return { items: items.map(toOption) };
    },
  });
  return (
    <Combobox
      label={label}
      description={
        list.error ? t('scheduleEditor.turn.searchFailed') : description
      }
      placeholder={placeholder}
      options={list}
      search={{ mode: 'server' }}
      value={value}
      onChange={option => onChange(option)}
      isDisabled={isDisabled}
      // Coming to the field is no reason to cover what is below it.
      menuTrigger="input"
      validationBehavior="aria"
      validate={() => problem ?? null}
    />
  );
}

function toOption(entity: Entity): EntityOption {
  const { profile } = (entity.spec ?? {}) as {
    profile?: { displayName?: string };
  };
  const { name, title } = entity.metadata;
  const label = profile?.displayName ?? title ?? name;
  return {
    id: stringifyEntityRef(entity),
    label,
    ...(label !== name && { description: name }),
  };
}

/** The option of a reference whose entity is not read. */
export function optionOf(
  entityRef: string,
  names: ReadonlyMap<string, string>,
): EntityOption | null {
  return entityRef
    ? { id: entityRef, label: names.get(entityRef) ?? entityName(entityRef) }
    : null;
}
