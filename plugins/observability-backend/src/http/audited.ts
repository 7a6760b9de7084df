import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import express from 'express';

/**
 * Puts on record who does something and whether it worked, whatever becomes of it.
 *
 * @param answerMeta - what the record says of an answer, such as the id it was given
 */
export async function audited<T>(
  auditor: AuditorService,
  event: { eventId: string; request?: express.Request; meta?: JsonObject },
  run: () => Promise<T>,
  answerMeta?: (answer: T) => JsonObject,
): Promise<T> {
  const record = await auditor.createEvent({
    severityLevel: 'medium',
    ...event,
  });
  try {
    const answer = await run();
    await record.success(answerMeta ? { meta: answerMeta(answer) } : undefined);
    return answer;
  } catch (error) {
    await record.fail({ error: error as Error });
    throw error;
  }
}
