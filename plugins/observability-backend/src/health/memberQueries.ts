import { Knex } from 'knex';
import { whereAnyOf } from '../database/database';

/** Groups within groups, and systems within domains, are followed this far. */
const MAXIMUM_DEPTH = 10;

/**
 * The Components, APIs and Resources that belong to a System, a Domain (through
 * its Systems and subdomains) or a Group (also what its child groups own).
 */
export async function findMembers(
  knex: Knex,
  entityRef: string,
): Promise<Set<string>> {
  const containers = new Set([entityRef]);
  const members = new Set<string>();
  let frontier = [entityRef];
  for (let depth = 0; depth < MAXIMUM_DEPTH && frontier.length > 0; depth++) {
    const rows = await readChildren(knex, frontier);
    frontier = [];
    for (const row of rows) {
      if (!isContainer(row.kind)) {
        members.add(row.entity_ref);
      } else if (
        // What owns a system owns its parts too only if it says so of them.
        row.type !== 'ownedBy' &&
        !containers.has(row.entity_ref)
      ) {
        containers.add(row.entity_ref);
        frontier.push(row.entity_ref);
      }
    }
  }
  return members;
}

interface ChildRow {
  entity_ref: string;
  kind: string;
  type: string;
}

/** What says of itself that it belongs to one of them. */
async function readChildren(
  knex: Knex,
  entityRefs: string[],
): Promise<ChildRow[]> {
  return knex('entity_relations')
    .join('entities', 'entities.entity_ref', 'entity_relations.source_ref')
    .where(query =>
      whereAnyOf(query, 'entity_relations.target_ref', entityRefs),
    )
    .whereIn('entity_relations.type', ['partOf', 'childOf', 'ownedBy'])
    .select('entities.entity_ref', 'entities.kind', 'entity_relations.type');
}

function isContainer(kind: string): boolean {
  return kind === 'system' || kind === 'domain' || kind === 'group';
}
