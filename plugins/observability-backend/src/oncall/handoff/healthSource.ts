import {
  HandoffFact,
  HandoffSection,
  healthReadPermission,
  ReleasesData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { EntityAccess } from '../../access/EntityAccess';
import { HealthReadStore } from '../../health/HealthReadStore';
import { restoreTestItem } from '../../restoreTests/restoreTestItem';
import { HandoffContext, HandoffSource, toSection } from './HandoffSource';
import { readServices, ServiceInNote } from './readServices';

/** Not well, the worst first. */
const UNHEALTHY: Status[] = ['critical', 'warning', 'unknown'];

/** What is not well now, what changed in the shift, and backups that nobody has tried. */
export function createHealthSource(options: {
  knex: Knex;
  health: Pick<HealthReadStore, 'transitionsBetween' | 'dataOf'>;
  access: EntityAccess;
}): HandoffSource {
  const { knex, health, access } = options;
  return {
    async sections(context) {
      const { credentials } = context;
      if (!(await access.isAllowed(credentials, healthReadPermission))) {
        return [];
      }
      const services = await readServices(knex, context.services);
      return [
        unhealthy(services),
        await changes(health, services, context),
        restoreTests(services, context.now),
      ];
    },
  };
}

function unhealthy(services: ServiceInNote[]): HandoffSection {
  const items = services.flatMap((service): HandoffFact[] => {
    const { entityRef, title, status, since } = service;
    return status && UNHEALTHY.includes(status)
      ? [
          {
            text: `${title}: ${status}${
              since ? ` since ${minute(since)}` : ''
            }`,
            entityRef,
            title,
            status,
            ...(since ? { at: since } : {}),
          },
        ]
      : [];
  });
  items.sort(
    (a, b) =>
      rank(a.status) - rank(b.status) ||
      (a.at ?? '').localeCompare(b.at ?? '') ||
      a.text.localeCompare(b.text),
  );
  return toSection('unhealthy', 'Services that are not well', items);
}

async function changes(
  health: Pick<HealthReadStore, 'transitionsBetween' | 'dataOf'>,
  services: ServiceInNote[],
  { shift, now }: HandoffContext,
): Promise<HandoffSection> {
  const to = shift.end < now ? shift.end : now;
  const titles = new Map(
    services.map(({ entityRef, title }) => [entityRef, title]),
  );
  const refs = [...titles.keys()];
  const titleOf = (ref: string) => titles.get(ref) ?? ref;
  const items: HandoffFact[] = [];
  if (shift.start < to) {
    const [transitions, releases] = await Promise.all([
      health.transitionsBetween(refs, shift.start, to),
      health.dataOf(refs, 'releases'),
    ]);
    for (const { entityRef, at, to: status, message } of transitions) {
      const title = titleOf(entityRef);
      items.push({
        text: `${minute(at)}: ${title} became ${status ?? 'not watched'}${
          message ? `: ${message}` : ''
        }`,
        at,
        entityRef,
        title,
        ...(status ? { status } : {}),
      });
    }
    for (const { entityRef, data } of releases) {
      const { releases: list }: ReleasesData = JSON.parse(data);
      for (const { version, createdAt, author, url } of list) {
        const at = new Date(createdAt).toISOString();
        if (at >= shift.start && at <= to) {
          const title = titleOf(entityRef);
          items.push({
            text: `${minute(at)}: ${title} released ${version}${
              author ? ` by ${author}` : ''
            }`,
            at,
            entityRef,
            title,
            ...(url ? { url } : {}),
          });
        }
      }
    }
  }
  items.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  return toSection('changes', 'What changed in this shift', items);
}

/** Restores that are due: none on record, the last one failed, or too long ago. */
function restoreTests(services: ServiceInNote[], now: string): HandoffSection {
  const items = services.flatMap(
    ({ entityRef, title, databases, restoreTests: tests }) =>
      databases
        .map(database => restoreTestItem(tests, database, new Date(now)))
        .filter(({ passed }) => passed !== true)
        .map(({ detail }) => ({
          text: `${title}: ${detail}`,
          entityRef,
          title,
        })),
  );
  return toSection('restore-tests', 'Restore tests that are due', items);
}

function rank(status: Status | undefined): number {
  return status ? UNHEALTHY.indexOf(status) : UNHEALTHY.length;
}

/** An instant as the draft writes it. */
function minute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
