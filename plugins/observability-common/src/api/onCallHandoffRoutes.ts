import { z } from 'zod/v4';
import {
  handoffNoteEditSchema,
  handoffNoteSchema,
  handoffSigningSchema,
  shiftChecklistEditSchema,
  shiftChecklistSchema,
} from '../model';
import { onCallOverridePermission, onCallReadPermission } from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errors, writeErrors } from './routeErrors';

const TAG = 'On-call';
const CHECKLIST = '/v1/on-call/shifts/{key}/checklist';
const HANDOFF = '/v1/on-call/shifts/{key}/handoff';

/** The shift of a route.
 * @public
 */
export const shiftPathSchema = z.object({
  key: z
    .string()
    .min(1)
    .max(1000)
    .describe('`key` of the shift, encoded as a part of a URL'),
});

/** The routes of checklists and handoff notes.
 * @public
 */
export const onCallHandoffRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: CHECKLIST,
    operationId: 'getShiftChecklist',
    summary: 'What is to be done before, during and after a shift',
    description: 'With who ticked what, and when.',
    tag: TAG,
    parameters: { path: shiftPathSchema },
    responses: { 200: shiftChecklistSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'put',
    path: CHECKLIST,
    operationId: 'editShiftChecklist',
    summary: 'Ticks items of the checklist of a shift',
    description:
      'Only the items that are sent change. By those who have the shift, or who manage schedules.',
    tag: TAG,
    parameters: { path: shiftPathSchema },
    requestBody: shiftChecklistEditSchema,
    responses: { 200: shiftChecklistSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'get',
    path: HANDOFF,
    operationId: 'getHandoffNote',
    summary: 'What whoever has a shift tells whoever comes',
    description:
      'Until somebody has saved it, a draft from what the caller may read.',
    tag: TAG,
    parameters: { path: shiftPathSchema },
    responses: { 200: handoffNoteSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'put',
    path: HANDOFF,
    operationId: 'editHandoffNote',
    summary: 'Saves a handoff note',
    description:
      'By those who leave or come, or who manage schedules. Takes signatures back, for they were for other words.',
    tag: TAG,
    parameters: { path: shiftPathSchema },
    requestBody: handoffNoteEditSchema,
    responses: { 200: handoffNoteSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'post',
    path: `${HANDOFF}/sign`,
    operationId: 'signHandoffNote',
    summary: 'Signs a handoff note',
    description:
      'Each side once: those who leave and those who come; others only where they manage schedules. A note that both have signed is frozen.',
    tag: TAG,
    parameters: { path: shiftPathSchema },
    requestBody: handoffSigningSchema,
    responses: { 200: handoffNoteSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
];
