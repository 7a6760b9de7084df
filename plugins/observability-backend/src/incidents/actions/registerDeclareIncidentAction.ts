import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  incidentWritePermission,
  newIncidentSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { Incidents } from '../Incidents';

export function registerDeclareIncidentAction(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  incidents: Incidents;
}): void {
  const { actionsRegistry, auditor, incidents } = options;
  actionsRegistry.register({
    name: 'declare-incident',
    title: 'Declare Incident',
    description: `
Declares an incident of one or several services. Whoever has the watch is told at once.

Without a severity, the worst that the state of the services speaks for is taken, until a person confirms it: SEV-1 a service is down, data is lost, security is breached; SEV-2 a core feature is broken or much is slow; SEV-3 a minor feature is broken; SEV-4 cosmetic.
`,
    attributes: { readOnly: false, idempotent: false, destructive: false },
    visibilityPermission: incidentWritePermission,
    schema: {
      input: z =>
        z.object({
          title: z
            .string()
            .describe('What is wrong, without state or numbers that change'),
          entityRefs: z
            .array(z.string())
            .describe('The services, as in "component:default/crm-api"'),
          severity: z.enum(['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4']).optional(),
          startedAt: z
            .string()
            .optional()
            .describe('When people were affected first; instant, RFC 3339'),
          headline: z
            .string()
            .optional()
            .describe('The state of things in a sentence or two'),
        }),
      output: z =>
        z.object({
          id: z.string(),
          number: z.number().describe('People say INC-<number>'),
          severity: z.string(),
          url: z.string().describe('Path in the portal'),
        }),
    },
    action: async ({ input, credentials }) => {
      const declared = parseRequest(newIncidentSchema, input);
      const { incident } = await audited(
        auditor,
        {
          eventId: 'incident-declare',
          meta: { entityRefs: declared.entityRefs },
        },
        () => incidents.declarations.declare(declared, credentials),
        written => ({ incident: written.incident.id }),
      );
      return {
        output: {
          id: incident.id,
          number: incident.number,
          severity: incident.severity,
          url: `/observability/incidents/${incident.number}`,
        },
      };
    },
  });
}
