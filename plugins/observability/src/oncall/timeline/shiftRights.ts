import { Override } from '@watchkeeper/backstage-plugin-observability-common';
import { ShiftFacts } from './selection';

/** What the reader may change by hand. */
export interface OnCallRights {
  /** Reference of the reader; `undefined` while it is not known. */
  user: string | undefined;
  /** Shifts of their own, and taking what others have. */
  canOverride: boolean;
  /** Everybody's shifts, and the schedules. */
  canManage: boolean;
}

/** What the reader may do about one shift, from now on. */
export interface ShiftRights {
  /** Name anybody, only step in oneself, or nothing. */
  override?: 'anybody' | 'oneself';
  askForCover: boolean;
  change: boolean;
  remove: boolean;
}

/** The same rules as the back end's, so that nothing is offered that it refuses. */
export function rightsOver(
  { bar, people, override, swap }: ShiftFacts,
  { user, canOverride, canManage }: OnCallRights,
  now: number,
): ShiftRights {
  const isMine = user !== undefined && people.includes(user);
  // Cover is asked for where the schedule is ours.
  const isExternal =
    bar.type === 'shift' && bar.shift.source.type === 'external';
  const mayAct = (canOverride || canManage) && bar.end > now;
  const isOfMine = (change: Override) =>
    user !== undefined && [change.add, change.remove].includes(user);
  const remove =
    override !== undefined &&
    mayAct &&
    (canManage || isOfMine(override) || override.createdBy === user);
  const whom = canManage || isMine ? 'anybody' : 'oneself';
  return {
    override: mayAct ? whom : undefined,
    // One that is asked for lapses when it begins.
    askForCover: mayAct && isMine && !swap && !isExternal && bar.start > now,
    change: remove && (canManage || isOfMine(override)),
    remove,
  };
}
