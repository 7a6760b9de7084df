import { Entity } from '@backstage/catalog-model';
import {
  parseAnnotationList,
  POSTGRES_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';

const TOLD_NAMES = 10;

/** The databases that an entity's annotation names. */
export function selectDatabases(
  entity: Entity,
  configured: {
    databases: readonly { name: string }[];
    /** By name: why it cannot be used. */
    unusable: ReadonlyMap<string, string>;
  },
): EntitySelection {
  const value: unknown = entity.metadata.annotations?.[POSTGRES_ANNOTATION];
  const selection: EntitySelection = { targets: [], misconfigurations: [] };
  if (value === undefined || value === null) return selection;

  const misconfigured = (message: string) => {
    selection.misconfigurations.push({
      annotation: POSTGRES_ANNOTATION,
      message,
    });
  };
  const names = typeof value === 'string' ? parseAnnotationList(value) : [];
  if (names.length === 0) {
    misconfigured(
      'It names no database: expected the name of a database in the configuration, or several separated by commas',
    );
  }
  for (const name of names) {
    const problem = configured.unusable.get(name);
    if (configured.databases.some(database => database.name === name)) {
      selection.targets.push({ key: name, kinds: ['database'] });
    } else if (problem !== undefined) {
      misconfigured(problem);
    } else {
      misconfigured(
        `No PostgreSQL database "${plainText(
          name,
          100,
        )}" is configured: ${describeKnown(configured.databases)}`,
      );
    }
  }
  return selection;
}

function describeKnown(databases: readonly { name: string }[]): string {
  const names = databases.slice(0, TOLD_NAMES).map(({ name }) => name);
  if (names.length === 0) {
    return "there is none in 'observability.postgres.databases'";
  }
  const more = databases.length > TOLD_NAMES ? ', …' : '';
  return `the configured ones are ${names.join(', ')}${more}`;
}
