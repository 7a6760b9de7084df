import type { EndpointContext } from '../http';
import { formatInstant, readProjects } from '../query/parameters';
import { createdAt, idOf, organizationOf, WATCHES } from './alertRules';
import type { ProjectModel } from './ProjectModel';

/** The monitors of the projects asked for. */
export function detectors(context: EndpointContext) {
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

/** The one alert: it tells the team by mail. */
export function workflow(context: EndpointContext) {
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

function ownerOf({ organization, definition }: ProjectModel) {
  const team = organization.teams.find(({ slug }) =>
    definition.teams.includes(slug),
  );
  return team ? { type: 'team', id: team.id, name: team.slug } : null;
}
