import {
  OnCallOverrideRequest,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { isSameEmail, PagerDutyApi } from './api/PagerDutyApi';
import { OnCallEntry } from './api/schemas';
import { levelName } from './map';

interface Piece {
  scheduleId: string;
  start: Date;
  end: Date;
}

/**
 * Puts one person in the place of another in PagerDuty. Its overrides belong to
 * one schedule each, and replace whoever is on call there: so one is made for
 * each turn of theirs in that time. Where PagerDuty refuses one, those that it
 * took are taken back.
 */
export async function writeOverride(
  api: PagerDutyApi,
  request: OnCallOverrideRequest,
): Promise<{ id: string }> {
  const { add, remove } = request;
  if (!add || !remove) {
    throw refusal(
      'PagerDuty puts one person in the place of another: name both',
    );
  }
  const user = add.email ? await api.userOfEmail(add.email) : undefined;
  if (!user) {
    throw refusal(
      `PagerDuty has no user with the e-mail address of ${add.name} in the catalog`,
    );
  }
  const entries = await api.onCalls(
    [request.scheduleId],
    request.start,
    request.end,
  );
  const pieces = piecesOf(entries, request, remove);
  const made: { scheduleId: string; id: string }[] = [];
  try {
    for (const [scheduleId, ofSchedule] of bySchedule(pieces)) {
      const results = await api.addOverrides(
        scheduleId,
        ofSchedule.map(({ start, end }) => ({ start, end, userId: user.id })),
      );
      const refused: string[] = [];
      for (const { status, errors, override } of results) {
        if ((status ?? 201) >= 300 || errors?.length) {
          refused.push(...(errors ?? [`status ${status}`]));
        } else if (override?.id) {
          made.push({ scheduleId, id: override.id });
        }
      }
      if (refused.length > 0) {
        throw refusal(
          `PagerDuty refuses the override: ${[...new Set(refused)].join('; ')}`,
        );
      }
    }
  } catch (error) {
    await takeBack(api, made, request);
    throw error;
  }
  return { id: made[0]?.id ?? '' };
}

function piecesOf(
  entries: readonly OnCallEntry[],
  { level, start, end }: OnCallOverrideRequest,
  remove: { name: string; email?: string },
): Piece[] {
  const theirs = entries.filter(
    entry =>
      (level === undefined || levelName(entry.escalation_level) === level) &&
      isSameEmail(entry.user.email, remove.email) &&
      (!entry.start || entry.start < end) &&
      (!entry.end || entry.end > start),
  );
  if (theirs.length === 0) {
    throw refusal(`${remove.name} is not on call in PagerDuty then`);
  }
  const pieces = new Map<string, Piece>();
  for (const { schedule, ...entry } of theirs) {
    if (!schedule) {
      throw refusal(
        `${remove.name} is on the escalation policy without a schedule, and PagerDuty has overrides of schedules only`,
      );
    }
    if (schedule.type?.startsWith('schedule_v3')) {
      throw refusal(
        `"${
          schedule.summary ?? schedule.id
        }" is a schedule made of shifts, whose overrides are made in PagerDuty`,
      );
    }
    const piece = {
      scheduleId: schedule.id,
      start: entry.start && entry.start > start ? entry.start : start,
      end: entry.end && entry.end < end ? entry.end : end,
    };
    // The same turn may be on several levels.
    pieces.set(`${piece.scheduleId} ${piece.start.getTime()}`, piece);
  }
  return [...pieces.values()];
}

function bySchedule(pieces: readonly Piece[]): Map<string, Piece[]> {
  const found = new Map<string, Piece[]>();
  for (const piece of pieces) {
    found.set(piece.scheduleId, [
      ...(found.get(piece.scheduleId) ?? []),
      piece,
    ]);
  }
  return found;
}

async function takeBack(
  api: PagerDutyApi,
  made: readonly { scheduleId: string; id: string }[],
  { logger }: OnCallOverrideRequest,
): Promise<void> {
  for (const { scheduleId, id } of made) {
    try {
      await api.deleteOverride(scheduleId, id);
    } catch (error) {
      logger.error(
        `The override ${id} of the schedule ${scheduleId} could not be taken back; delete it in PagerDuty`,
        error as Error,
      );
    }
  }
}

function refusal(message: string): ProviderError {
  return new ProviderError({ code: 'misconfigured', message });
}
