import {
  SentryHttpError,
  type EndpointContext,
  type EndpointRegistry,
} from '../http';
import type { ProjectModel } from '../model/ProjectModel';
import { sendPage } from '../query/paging';
import {
  formatInstant,
  readOrganization,
  readProjects,
} from '../query/parameters';

const SCOPES = ['alerts:read', 'alerts:write', 'org:read', 'org:admin'];
const PROJECT_SCOPES = [...SCOPES, 'project:read', 'project:write'];

/** What the team watches in every project, from its monitoring guide. */
const WATCHES = [
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

/** Monitors and alerts of today, and the rules before them. */
export function registerAlerts(
  endpoints: EndpointRegistry,
  options: { hasDetectors: boolean },
): void {
  const organization = '/organizations/:organization';
  if (options.hasDetectors) {
    endpoints.get(`${organization}/detectors/`, SCOPES, context =>
      sendPage(context, detectors(context), { serialize: row => row }),
    );
    endpoints.get(`${organization}/workflows/`, SCOPES, context =>
      sendPage(context, [workflow(context)], { serialize: row => row }),
    );
  }
  endpoints.get(`${organization}/alert-rules/`, SCOPES, context =>
    sendPage(context, metricRules(context), { serialize: row => row }),
  );
  endpoints.get(`${organization}/combined-rules/`, SCOPES, context => {
    const rows = [
      ...metricRules(context).map(rule => ({ type: 'alert_rule', ...rule })),
      ...readProjects(context).map(project => ({
        type: 'rule',
        ...issueRule(project),
      })),
    ];
    const type = context.query.get('alertType');
    sendPage(
      context,
      rows.filter(row => !type || row.type === type),
      { serialize: row => row },
    );
  });
  endpoints.get(
    '/projects/:organization/:project/rules/',
    PROJECT_SCOPES,
    context => {
      const wanted = context.request.params.project;
      const project = readOrganization(context).projects.find(
        ({ definition }) =>
          definition.slug === wanted || definition.id === wanted,
      );
      if (!project) throw SentryHttpError.notFound();
      sendPage(context, [issueRule(project)], { serialize: row => row });
    },
  );
}

function createdAt({ startMs, definition }: ProjectModel): string {
  return formatInstant(startMs + definition.createdAt + 3_600_000);
}

function organizationOf(context: EndpointContext) {
  return readOrganization(context).definition;
}

function idOf({ definition }: ProjectModel, number: number): string {
  return `${definition.id.slice(-6)}${number}`;
}

function detectors(context: EndpointContext) {
  const organizationId = organizationOf(context).id;
  return readProjects(context).flatMap(project => {
    const { definition } = project;
    const base = {
      projectId: definition.id,
      description: null,
      workflowIds: ['88001'],
      owner: ownerOf(project),
      createdBy: null,
      dateCreated: createdAt(project),
      dateUpdated: createdAt(project),
      enabled: true,
      latestGroup: null,
    };
    return [
      {
        id: idOf(project, 0),
        name: 'Error Monitor',
        type: 'error',
        dataSources: null,
        conditionGroup: null,
        config: {},
        ...base,
      },
      ...WATCHES.map(watch => {
        const id = idOf(project, watch.number);
        return {
          id,
          name: watch.name,
          type: 'metric_issue',
          dataSources: [
            {
              id: `${id}1`,
              organizationId,
              type: 'snuba_query_subscription',
              sourceId: `${id}2`,
              queryObj: {
                id: `${id}3`,
                status: 0,
                subscription: null,
                snubaQuery: {
                  id: `${id}4`,
                  dataset: watch.dataset,
                  query: watch.query,
                  aggregate: watch.aggregate,
                  timeWindow: watch.windowMinutes * 60,
                  environment: 'production',
                  eventTypes: watch.eventTypes,
                },
              },
            },
          ],
          conditionGroup: {
            id: `${id}5`,
            organizationId,
            logicType: 'any',
            conditions: [
              {
                id: `${id}6`,
                type: 'gt',
                comparison: watch.threshold,
                conditionResult: 75,
              },
              {
                id: `${id}7`,
                type: 'lte',
                comparison: watch.threshold,
                conditionResult: 0,
              },
            ],
            actions: [],
          },
          config: { detectionType: 'static' },
          ...base,
        };
      }),
    ];
  });
}

function workflow(context: EndpointContext) {
  const { id: organizationId, createdAt: created } = organizationOf(context);
  const date = formatInstant(context.model.startMs + created);
  return {
    id: '88001',
    name: 'Tell the team',
    organizationId,
    createdBy: null,
    dateCreated: date,
    dateUpdated: date,
    triggers: {
      id: '88002',
      organizationId,
      logicType: 'any-short',
      conditions: [
        {
          id: '88003',
          type: 'first_seen_event',
          comparison: true,
          conditionResult: true,
        },
      ],
      actions: [],
    },
    actionFilters: [
      {
        id: '88004',
        organizationId,
        logicType: 'all',
        conditions: [],
        actions: [
          {
            id: '88005',
            type: 'email',
            integrationId: null,
            data: {},
            config: {
              targetType: 'team',
              targetIdentifier: '9001',
              targetDisplay: null,
            },
            status: 'active',
          },
        ],
      },
    ],
    environment: 'production',
    config: { frequency: 30 },
    detectorIds: readProjects(context).map(project => idOf(project, 0)),
    enabled: true,
    lastTriggered: null,
    owner: null,
  };
}

function metricRules(context: EndpointContext) {
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

function issueRule(project: ProjectModel) {
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

function ownerOf({ organization, definition }: ProjectModel) {
  const team = organization.teams.find(({ slug }) =>
    definition.teams.includes(slug),
  );
  return team ? { type: 'team', id: team.id, name: team.slug } : null;
}
