import { z } from 'zod/v4';
import {
  incidentContextSchema,
  incidentMetricsSchema,
  incidentProposalSchema,
  similarIncidentSchema,
  timelineEntrySchema,
} from '../model';
import {
  incidentReadPermission,
  incidentWritePermission,
} from '../permissions';
import { ApiRoute } from './ApiRoute';
import {
  incidentAcknowledgementSchema,
  incidentDetailsSchema,
  incidentEditSchema,
  incidentListQuerySchema,
  incidentListSchema,
  incidentMergeSchema,
  incidentMetricsQuerySchema,
  incidentMoveSchema,
  incidentPathSchema,
  incidentProposalQuerySchema,
  incidentRoleChangeSchema,
  incidentUpdateDraftSchema,
  incidentUpdateSchema,
  newIncidentSchema,
  newTimelineEntrySchema,
  similarIncidentsQuerySchema,
  timelineEntryPathSchema,
  timelinePinSchema,
  timelineQuerySchema,
  timelineSchema,
} from './incidentMessages';
import { errors, listErrors, writeErrors } from './routeErrors';

const TAG = 'Incidents';
const INCIDENTS = '/v1/incidents';
const INCIDENT = `${INCIDENTS}/{id}`;

const reading = { tag: TAG, permission: incidentReadPermission.name };
const writing = {
  tag: TAG,
  permission: incidentWritePermission.name,
  isIdempotent: true,
};

/** The routes of incidents.
 * @public
 */
export const incidentRoutes: readonly ApiRoute[] = [
  {
    ...reading,
    method: 'get',
    path: INCIDENTS,
    operationId: 'listIncidents',
    summary: 'Incidents, the open ones and the worst first',
    parameters: { query: incidentListQuerySchema },
    responses: { 200: incidentListSchema, ...listErrors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENTS}/proposal`,
    operationId: 'proposeIncident',
    summary: 'How an incident would be declared from a service as it is now',
    description:
      'Title, severity and start come from what is unhealthy; of two severities the worse one is proposed.',
    parameters: { query: incidentProposalQuerySchema },
    responses: { 200: incidentProposalSchema, ...errors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENTS}/metrics`,
    operationId: 'getIncidentMetrics',
    summary: 'How long it takes to detect, acknowledge, mitigate and resolve',
    description:
      'Counts, medians and 90th percentiles from the start of the impact.',
    parameters: { query: incidentMetricsQuerySchema },
    responses: { 200: incidentMetricsSchema, ...listErrors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENTS}/similar`,
    operationId: 'findSimilarIncidents',
    summary:
      'Incidents and postmortems of the past that look alike, with the reason',
    parameters: { query: similarIncidentsQuerySchema },
    responses: {
      200: z.object({ items: z.array(similarIncidentSchema) }),
      ...listErrors,
    },
  },
  {
    ...writing,
    method: 'post',
    path: INCIDENTS,
    operationId: 'declareIncident',
    summary: 'Declares an incident',
    requestBody: newIncidentSchema,
    responses: { 201: incidentDetailsSchema, ...errors },
  },
  {
    ...reading,
    method: 'get',
    path: INCIDENT,
    operationId: 'getIncident',
    summary: 'An incident, and what it can become',
    parameters: { path: incidentPathSchema },
    responses: { 200: incidentDetailsSchema, ...errors },
  },
  {
    ...writing,
    method: 'patch',
    path: INCIDENT,
    operationId: 'editIncident',
    summary: 'Puts facts of an incident right',
    description:
      'Each change stays on the timeline. Times out of order are refused.',
    parameters: { path: incidentPathSchema },
    requestBody: incidentEditSchema,
    responses: { 200: incidentDetailsSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/state`,
    operationId: 'moveIncident',
    summary: 'Moves an incident on, back, or out',
    description: 'A gate that is not met asks for a reason.',
    parameters: { path: incidentPathSchema },
    requestBody: incidentMoveSchema,
    responses: { 200: incidentDetailsSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/acknowledge`,
    operationId: 'acknowledgeIncident',
    summary: 'Says that the caller is on it',
    description:
      'The first one stops the clock and, where nobody leads yet, takes the lead; later ones join.',
    parameters: { path: incidentPathSchema },
    requestBody: incidentAcknowledgementSchema,
    responses: { 200: incidentDetailsSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/roles`,
    operationId: 'changeIncidentRole',
    summary: 'Gives a role to somebody, or takes it away',
    parameters: { path: incidentPathSchema },
    requestBody: incidentRoleChangeSchema,
    responses: { 200: incidentDetailsSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/merge`,
    operationId: 'mergeIncident',
    summary: 'Says that it is the same as another one, which goes on',
    parameters: { path: incidentPathSchema },
    requestBody: incidentMergeSchema,
    responses: { 200: incidentDetailsSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/updates`,
    operationId: 'publishIncidentUpdate',
    summary: 'Tells people outside',
    parameters: { path: incidentPathSchema },
    requestBody: incidentUpdateSchema,
    responses: { 201: timelineEntrySchema, ...writeErrors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENT}/updates/draft`,
    operationId: 'getIncidentUpdateDraft',
    summary: 'The update that is being written',
    parameters: { path: incidentPathSchema },
    responses: { 200: incidentUpdateDraftSchema, ...errors },
  },
  {
    ...writing,
    method: 'put',
    path: `${INCIDENT}/updates/draft`,
    operationId: 'saveIncidentUpdateDraft',
    summary: 'Keeps an update that is not told yet',
    parameters: { path: incidentPathSchema },
    requestBody: incidentUpdateDraftSchema.pick({ text: true, version: true }),
    responses: { 200: incidentUpdateDraftSchema, ...writeErrors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENT}/timeline`,
    operationId: 'listIncidentTimeline',
    summary:
      'What happened, the last first; or what was written after a sequence',
    parameters: { path: incidentPathSchema, query: timelineQuerySchema },
    responses: { 200: timelineSchema, ...errors },
    otherMediaTypes: ['text/markdown'],
  },
  {
    ...writing,
    method: 'post',
    path: `${INCIDENT}/timeline`,
    operationId: 'addTimelineEntry',
    summary: 'Writes something down',
    parameters: { path: incidentPathSchema },
    requestBody: newTimelineEntrySchema,
    responses: { 201: timelineEntrySchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'put',
    path: `${INCIDENT}/timeline/{entryId}/pin`,
    operationId: 'pinTimelineEntry',
    summary: 'Pins an entry, or lets it go',
    parameters: { path: timelineEntryPathSchema },
    requestBody: timelinePinSchema,
    responses: { 200: timelineEntrySchema, ...errors },
  },
  {
    ...reading,
    method: 'get',
    path: `${INCIDENT}/context`,
    operationId: 'getIncidentContext',
    summary:
      'What changed before it, who is hit, which runbooks match, what was alike',
    parameters: { path: incidentPathSchema },
    responses: { 200: incidentContextSchema, ...errors },
  },
];
