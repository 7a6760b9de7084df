import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { incidentReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { Incidents } from '../Incidents';

const LIMIT = 10;

export function registerFindSimilarIncidentsAction(options: {
  actionsRegistry: ActionsRegistryService;
  incidents: Incidents;
}): void {
  const { actionsRegistry, incidents } = options;
  actionsRegistry.register({
    name: 'find-similar-incidents',
    title: 'Find Similar Incidents',
    description: `
Finds incidents and postmortems of the last two years that look like one of now, or like a description, each with what they have in common and how it ended.

Give an incident, or words with the services that they are about.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: incidentReadPermission,
    schema: {
      input: z =>
        z.object({
          incident: z.string().optional().describe('Id or number'),
          text: z.string().optional().describe('What is wrong, in words'),
          entityRefs: z
            .array(z.string())
            .optional()
            .describe('The services, as in "component:default/crm-api"'),
        }),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              incident: z.string().optional().describe('As in "INC-42"'),
              title: z.string(),
              at: z.string().optional(),
              resolution: z.string().optional(),
              reasons: z.array(z.string()).describe('As in "service: …"'),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { incident: id, text = '', entityRefs = [] } = input;
      const found =
        id === undefined
          ? await incidents.similar.find(
              { entityRefs, metrics: [], text, limit: LIMIT },
              credentials,
            )
          : await incidents.similar.of(
              (
                await incidents.service.get(id, credentials)
              ).incident,
              { limit: LIMIT },
              credentials,
            );
      return {
        output: {
          items: found.map(({ incident, postmortem, ...rest }) => ({
            incident: incident && `INC-${incident.number}`,
            title: incident?.title ?? postmortem?.title ?? '',
            at: rest.at,
            resolution: rest.resolution,
            reasons: rest.reasons.map(({ kind, value }) => `${kind}: ${value}`),
          })),
        },
      };
    },
  });
}
