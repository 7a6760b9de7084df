import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  IncidentDetails,
  incidentEditSchema,
  incidentMoveSchema,
  incidentWritePermission,
  newTimelineEntrySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { Incidents } from '../Incidents';

export function registerUpdateIncidentAction(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  incidents: Incidents;
}): void {
  const { actionsRegistry, auditor, incidents } = options;
  actionsRegistry.register({
    name: 'update-incident',
    title: 'Update Incident',
    description: `
Writes a note on the timeline of an incident, changes its headline or severity, or moves it to another state.

States follow one another: triage, investigating, mitigating, monitoring, resolved, closed; or cancelled. Where something is not met, a reason is asked for and stays on the timeline. Everything given is done in this order: facts, state, note.
`,
    attributes: { readOnly: false, idempotent: false, destructive: false },
    visibilityPermission: incidentWritePermission,
    schema: {
      input: z =>
        z.object({
          incident: z.string().describe('Id or number'),
          headline: z
            .string()
            .optional()
            .describe('The state of things in a sentence or two'),
          severity: z.enum(['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4']).optional(),
          state: z
            .enum([
              'triage',
              'investigating',
              'mitigating',
              'monitoring',
              'resolved',
              'closed',
              'cancelled',
            ])
            .optional(),
          verifiedInProduction: z.boolean().optional(),
          reason: z.string().optional(),
          note: z.string().optional().describe('Markdown'),
        }),
      output: z =>
        z.object({
          state: z.string(),
          severity: z.string(),
          version: z.number(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { incident } = await audited(
        auditor,
        { eventId: 'incident-edit', meta: { incident: input.incident } },
        () => update(incidents, input, credentials),
      );
      return {
        output: {
          state: incident.state,
          severity: incident.severity,
          version: incident.version,
        },
      };
    },
  });
}

async function update(
  { service, changes, messages }: Incidents,
  input: {
    incident: string;
    note?: string;
    state?: string;
    reason?: string;
    headline?: string;
    severity?: string;
    verifiedInProduction?: boolean;
  },
  credentials: BackstageCredentials,
): Promise<IncidentDetails> {
  const { incident: id, note, state, reason, ...facts } = input;
  let details = await service.get(id, credentials);
  if (Object.values(facts).some(value => value !== undefined)) {
    const { version } = details.incident;
    const edit = parseRequest(incidentEditSchema, {
      ...facts,
      reason,
      version,
    });
    details = await changes.edit(id, edit, credentials);
  }
  if (state !== undefined && state !== details.incident.state) {
    const { version } = details.incident;
    const move = parseRequest(incidentMoveSchema, { state, reason, version });
    details = await changes.move(id, move, credentials);
  }
  if (note !== undefined) {
    const entry = parseRequest(newTimelineEntrySchema, { text: note });
    await messages.addEntry(id, entry, credentials);
  }
  return details;
}
