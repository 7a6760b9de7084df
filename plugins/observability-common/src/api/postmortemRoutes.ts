import { actionItemSchema } from '../model';
import {
  incidentReadPermission,
  postmortemPublishPermission,
  postmortemWritePermission,
} from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import { incidentPathSchema } from './incidentMessages';
import {
  actionItemEditSchema,
  actionItemListQuerySchema,
  actionItemListSchema,
  actionItemPathSchema,
  newActionItemSchema,
  newPostmortemCommentSchema,
  postmortemAnswerSchema,
  postmortemEditSchema,
  postmortemImportSchema,
  postmortemListQuerySchema,
  postmortemListSchema,
  postmortemPathSchema,
  postmortemSectionEditSchema,
  postmortemSectionHistorySchema,
  postmortemSectionPathSchema,
  postmortemStepSchema,
} from './postmortemMessages';

const TAG = 'Postmortems';
const POSTMORTEMS = '/v1/postmortems';
const POSTMORTEM = `${POSTMORTEMS}/{id}`;

const readErrors = {
  400: errorBodySchema,
  401: errorBodySchema,
  403: errorBodySchema,
};
const errors = { ...readErrors, 404: errorBodySchema };
const writeErrors = { ...errors, 409: errorBodySchema };

const reading = { tag: TAG, permission: incidentReadPermission.name };
const writing = {
  tag: TAG,
  permission: postmortemWritePermission.name,
  isIdempotent: true,
};
const publishing = {
  ...writing,
  permission: postmortemPublishPermission.name,
};
const answers = { 200: postmortemAnswerSchema, ...writeErrors };

/** The routes of postmortems and of their action items.
 * @public
 */
export const postmortemRoutes: readonly ApiRoute[] = [
  {
    ...reading,
    method: 'get',
    path: POSTMORTEMS,
    operationId: 'listPostmortems',
    summary: 'Postmortems, the most overdue first, then the latest',
    parameters: { query: postmortemListQuerySchema },
    responses: { 200: postmortemListSchema, ...readErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${POSTMORTEMS}/import`,
    operationId: 'importPostmortem',
    summary: 'Takes a Markdown document over',
    description:
      'Nothing of its text is lost; actions without an owner or a date are kept and shown.',
    requestBody: postmortemImportSchema,
    responses: { 201: postmortemAnswerSchema, ...errors },
  },
  {
    ...reading,
    method: 'get',
    path: POSTMORTEM,
    operationId: 'getPostmortem',
    summary: 'A postmortem',
    parameters: { path: postmortemPathSchema },
    responses: { 200: postmortemAnswerSchema, ...errors },
  },
  {
    ...writing,
    method: 'put',
    path: POSTMORTEM,
    operationId: 'editPostmortem',
    summary: 'Puts facts of a postmortem right',
    parameters: { path: postmortemPathSchema },
    requestBody: postmortemEditSchema,
    responses: answers,
  },
  {
    ...reading,
    method: 'get',
    path: `${POSTMORTEM}/markdown`,
    operationId: 'exportPostmortem',
    summary: 'A postmortem as a Markdown document',
    parameters: { path: postmortemPathSchema },
    responses: { 200: null, ...errors },
    otherMediaTypes: ['text/markdown'],
  },
  {
    ...writing,
    method: 'put',
    path: `${POSTMORTEM}/sections/{section}`,
    operationId: 'editPostmortemSection',
    summary: 'Writes a section',
    description:
      'Each section has a version of its own, so that two people can write two of them.',
    parameters: { path: postmortemSectionPathSchema },
    requestBody: postmortemSectionEditSchema,
    responses: answers,
  },
  {
    ...reading,
    method: 'get',
    path: `${POSTMORTEM}/sections/{section}/history`,
    operationId: 'listPostmortemSectionHistory',
    summary: 'What a section said before',
    parameters: { path: postmortemSectionPathSchema },
    responses: { 200: postmortemSectionHistorySchema, ...errors },
  },
  {
    ...writing,
    method: 'post',
    path: `${POSTMORTEM}/comments`,
    operationId: 'commentOnPostmortem',
    summary: 'Says something about a postmortem',
    parameters: { path: postmortemPathSchema },
    requestBody: newPostmortemCommentSchema,
    responses: { 201: postmortemAnswerSchema, ...errors },
  },
  {
    ...writing,
    method: 'post',
    path: `${POSTMORTEM}/actions`,
    operationId: 'addActionItem',
    summary: 'Adds something to be done',
    parameters: { path: postmortemPathSchema },
    requestBody: newActionItemSchema,
    responses: { 201: actionItemSchema, ...writeErrors },
  },
  {
    ...writing,
    method: 'post',
    path: `${POSTMORTEM}/review`,
    operationId: 'askForPostmortemReview',
    summary: 'Asks the reviewers to read it',
    parameters: { path: postmortemPathSchema },
    requestBody: postmortemStepSchema,
    responses: answers,
  },
  {
    ...writing,
    method: 'post',
    path: `${POSTMORTEM}/approve`,
    operationId: 'approvePostmortem',
    summary: 'Says that it can be published',
    description: 'Not by whoever owns it.',
    parameters: { path: postmortemPathSchema },
    requestBody: postmortemStepSchema,
    responses: answers,
  },
  {
    ...publishing,
    method: 'post',
    path: `${POSTMORTEM}/publish`,
    operationId: 'publishPostmortem',
    summary: 'Publishes it',
    description:
      'Refused while an action lacks an owner or a date, or an approval is missing.',
    parameters: { path: postmortemPathSchema },
    requestBody: postmortemStepSchema,
    responses: answers,
  },
  {
    ...publishing,
    method: 'post',
    path: `${POSTMORTEM}/unpublish`,
    operationId: 'unpublishPostmortem',
    summary: 'Takes a published one back, with a reason',
    parameters: { path: postmortemPathSchema },
    requestBody: postmortemStepSchema,
    responses: answers,
  },
  {
    ...reading,
    method: 'get',
    path: '/v1/incidents/{id}/postmortem',
    operationId: 'getIncidentPostmortem',
    summary: 'The postmortem of an incident',
    parameters: { path: incidentPathSchema },
    responses: { 200: postmortemAnswerSchema, ...errors },
  },
  {
    ...writing,
    method: 'put',
    path: '/v1/incidents/{id}/postmortem',
    operationId: 'editIncidentPostmortem',
    summary: 'Puts facts of the postmortem of an incident right',
    description: 'Version 0 begins one where there is none yet.',
    parameters: { path: incidentPathSchema },
    requestBody: postmortemEditSchema,
    responses: answers,
  },
  {
    ...reading,
    method: 'get',
    path: '/v1/incidents/{id}/postmortem.md',
    operationId: 'exportIncidentPostmortem',
    summary: 'The template of the team, filled from the incident',
    parameters: { path: incidentPathSchema },
    responses: { 200: null, ...errors },
    otherMediaTypes: ['text/markdown'],
  },
  {
    ...publishing,
    method: 'post',
    path: '/v1/incidents/{id}/postmortem/publish',
    operationId: 'publishIncidentPostmortem',
    summary: 'Publishes the postmortem of an incident',
    parameters: { path: incidentPathSchema },
    requestBody: postmortemStepSchema,
    responses: answers,
  },
  {
    ...reading,
    method: 'get',
    path: '/v1/action-items',
    operationId: 'listActionItems',
    summary: 'What is to be done, the longest overdue first',
    parameters: { query: actionItemListQuerySchema },
    responses: { 200: actionItemListSchema, ...readErrors },
  },
  {
    ...writing,
    method: 'patch',
    path: '/v1/action-items/{id}',
    operationId: 'editActionItem',
    summary: 'Changes, closes or drops an action item',
    parameters: { path: actionItemPathSchema },
    requestBody: actionItemEditSchema,
    responses: { 200: actionItemSchema, ...writeErrors },
  },
];
