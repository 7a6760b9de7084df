import type { EndpointContext } from '../http';
import {
  formatInstant,
  readOrganization,
  readProjects,
} from '../query/parameters';
import type { ProjectModel } from './ProjectModel';

/** What the team watches in every project, from its monitoring guide. */
export const WATCHES = [
  {
    number: 1,
    name: 'Error spike',
    aggregate: 'count()',
    dataset: 'events',
    query: 'level:error',
    eventTypes: ['default', 'error'],
    windowMinutes: 5,
    threshold: 10,
  },
  {
    number: 2,
    name: 'Performance degradation',
    aggregate: 'p95(span.duration)',
    dataset: 'events_analytics_platform',
    query: 'is_transaction:true',
    eventTypes: ['trace_item_span'],
    windowMinutes: 10,
    threshold: 1000,
  },
];

/** The rules of before monitors: what a metric must not do. */
export function metricRules(context: EndpointContext) {
  const organizationId = organizationOf(context).id;
  return readProjects(context).flatMap(project =>
    WATCHES.map(watch => {
      const id = idOf(project, watch.number);
      const isErrors = watch.dataset === 'events';
      const date = createdAt(project);
      return {
        id,
        name: watch.name,
        organizationId,
        queryType: isErrors ? 0 : 1,
        dataset: isErrors ? 'events' : 'transactions',
        query: isErrors ? watch.query : '',
        aggregate: isErrors ? watch.aggregate : 'p95(transaction.duration)',
        thresholdType: 0,
        resolveThreshold: null,
        timeWindow: watch.windowMinutes,
        environment: 'production',
        triggers: [
          {
            id: `${id}1`,
            alertRuleId: id,
            label: 'critical',
            thresholdType: 0,
            alertThreshold: watch.threshold,
            resolveThreshold: null,
            dateCreated: date,
            actions: [],
          },
        ],
        projects: [project.definition.slug],
        owner: null,
        originalAlertRuleId: null,
        comparisonDelta: null,
        dateModified: date,
        dateCreated: date,
        createdBy: {
          id: 7101,
          name: 'engineer-a',
          email: 'engineer-a@visioncrm.example',
        },
      };
    }),
  );
}

/** The rule about new issues that every project has. */
export function issueRule(project: ProjectModel) {
  return {
    id: idOf(project, 3),
    name: 'New issues of a release',
    conditions: [
      {
        id: 'sentry.rules.conditions.first_seen_event.FirstSeenEventCondition',
      },
    ],
    filters: [],
    actions: [],
    actionMatch: 'all',
    filterMatch: 'all',
    frequency: 30,
    environment: 'production',
    owner: null,
    createdBy: null,
    dateCreated: createdAt(project),
    projects: [project.definition.slug],
    status: 'active',
    snooze: false,
  };
}

export function createdAt({ startMs, definition }: ProjectModel): string {
  return formatInstant(startMs + definition.createdAt + 3_600_000);
}

export function organizationOf(context: EndpointContext) {
  return readOrganization(context).definition;
}

export function idOf({ definition }: ProjectModel, number: number): string {
  return `${definition.id.slice(-6)}${number}`;
}
