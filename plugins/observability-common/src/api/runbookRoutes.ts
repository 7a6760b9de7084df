import { runbookRunSchema, runbookSchema } from '../model';
import { runbookReadPermission, runbookRunPermission } from '../permissions';
import { ApiRoute } from './ApiRoute';
import {
  coverageQuerySchema,
  coverageReportSchema,
  newRunbookRunSchema,
  runbookImageQuerySchema,
  runbookListQuerySchema,
  runbookListSchema,
  runbookPathSchema,
  runbookQuerySchema,
  runbookRunEndSchema,
  runbookRunListQuerySchema,
  runbookRunListSchema,
  runbookRunPathSchema,
  runbookRunStepPathSchema,
  runbookStepEditSchema,
} from './runbookMessages';
import { errors, listErrors, writeErrors } from './routeErrors';

const TAG = 'Runbooks';

const RUNBOOK = '/v1/runbooks/{id}';
const RUN = '/v1/runbook-runs/{id}';

/** The routes of runbooks.
 * @public
 */
export const runbookRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/runbooks',
    operationId: 'listRunbooks',
    summary: 'Finds runbooks by what is wrong, or lists them',
    description:
      'An exact alert first, then the service and symptoms, then the text. What is asked with words or an alert for an entity is never answered with nothing while that entity has runbooks.',
    tag: TAG,
    parameters: { query: runbookListQuerySchema },
    responses: { 200: runbookListSchema, ...listErrors },
    permission: runbookReadPermission.name,
  },
  {
    method: 'get',
    path: '/v1/runbooks/coverage',
    operationId: 'getRunbookCoverage',
    summary: 'Which alerts of which services have a runbook to rely on',
    description:
      'A row for each threshold in force and each name of an alert in use, of each service.',
    tag: TAG,
    parameters: { query: coverageQuerySchema },
    responses: { 200: coverageReportSchema, ...listErrors },
    permission: runbookReadPermission.name,
  },
  {
    method: 'get',
    path: RUNBOOK,
    operationId: 'getRunbook',
    summary: 'A runbook with its steps, commands and problems',
    tag: TAG,
    parameters: { path: runbookPathSchema, query: runbookQuerySchema },
    responses: { 200: runbookSchema, ...errors },
    permission: runbookReadPermission.name,
  },
  {
    method: 'get',
    path: `${RUNBOOK}/images`,
    operationId: 'getRunbookImage',
    summary: 'An image of a runbook, through the portal',
    description: 'Only those that the runbook shows.',
    tag: TAG,
    parameters: { path: runbookPathSchema, query: runbookImageQuerySchema },
    responses: { 200: null, ...errors },
    otherMediaTypes: ['image/*'],
    permission: runbookReadPermission.name,
  },
  {
    method: 'post',
    path: `${RUNBOOK}/runs`,
    operationId: 'startRunbookRun',
    summary: 'Begins to follow a runbook',
    description:
      'The run keeps the steps as they are now, whatever becomes of the text.',
    tag: TAG,
    parameters: { path: runbookPathSchema },
    requestBody: newRunbookRunSchema,
    responses: { 201: runbookRunSchema, ...errors },
    isIdempotent: true,
    permission: runbookRunPermission.name,
  },
  {
    method: 'get',
    path: '/v1/runbook-runs',
    operationId: 'listRunbookRuns',
    summary: 'The runs of an entity, of a runbook or of an incident',
    description: 'The one that began last first.',
    tag: TAG,
    parameters: { query: runbookRunListQuerySchema },
    responses: { 200: runbookRunListSchema, ...errors },
    permission: runbookReadPermission.name,
  },
  {
    method: 'get',
    path: RUN,
    operationId: 'getRunbookRun',
    summary: 'A run with its steps and what became of them',
    tag: TAG,
    parameters: { path: runbookRunPathSchema },
    responses: { 200: runbookRunSchema, ...errors },
    permission: runbookReadPermission.name,
  },
  {
    method: 'patch',
    path: `${RUN}/steps/{index}`,
    operationId: 'recordRunbookStep',
    summary: 'Says what became of a step',
    description: 'Not of a run that is finished.',
    tag: TAG,
    parameters: { path: runbookRunStepPathSchema },
    requestBody: runbookStepEditSchema,
    responses: { 200: runbookRunSchema, ...writeErrors },
    isIdempotent: true,
    permission: runbookRunPermission.name,
  },
  {
    method: 'post',
    path: `${RUN}/take-over`,
    operationId: 'takeOverRunbookRun',
    summary: 'Carries on with a run that somebody else began',
    description: 'Both may go on writing; this says who answers for it.',
    tag: TAG,
    parameters: { path: runbookRunPathSchema },
    responses: { 200: runbookRunSchema, ...writeErrors },
    isIdempotent: true,
    permission: runbookRunPermission.name,
  },
  {
    method: 'post',
    path: `${RUN}/finish`,
    operationId: 'finishRunbookRun',
    summary: 'Ends a run and says whether it helped',
    description:
      'Once. A run that worked counts as a test of the runbook; steps that are left may stay so.',
    tag: TAG,
    parameters: { path: runbookRunPathSchema },
    requestBody: runbookRunEndSchema,
    responses: { 200: runbookRunSchema, ...writeErrors },
    isIdempotent: true,
    permission: runbookRunPermission.name,
  },
];
