import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  HandoffRole,
  onCallManagePermission,
  onCallOverridePermission,
  onCallReadPermission,
  ShiftInQuestion,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../../access/EntityAccess';
import { userRefOf } from '../../access/callerRef';
import { CatalogDirectory } from '../CatalogDirectory';
import { externalNamesOf, titleOf } from '../scheduleAnswers';
import { definitionOfShift, FoundShift } from './ShiftLookup';

/** What a caller is to a shift. */
export interface ShiftCaller {
  user?: string;
  isManager: boolean;
  /** Whether the caller may change anything at all. */
  mayWrite: boolean;
  /** On which sides of the handoff the caller is. */
  roles: HandoffRole[];
}

/** Who may do what with a shift, and whom it is about. */
export class ShiftCallers {
  readonly #access: EntityAccess;
  readonly #directory: Pick<CatalogDirectory, 'people'>;

  constructor(options: {
    access: EntityAccess;
    directory: Pick<CatalogDirectory, 'people'>;
  }) {
    this.#access = options.access;
    this.#directory = options.directory;
  }

  async assertMayRead(credentials: BackstageCredentials): Promise<void> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
  }

  async callerOf(
    { shift, next }: FoundShift,
    credentials: BackstageCredentials,
  ): Promise<ShiftCaller> {
    const [isManager, mayOverride] = await Promise.all([
      this.#access.isAllowed(credentials, onCallManagePermission),
      this.#access.isAllowed(credentials, onCallOverridePermission),
    ]);
    const user = userRefOf(credentials);
    const has = (people: readonly string[] = []) =>
      user !== undefined && people.includes(user);
    const roles: HandoffRole[] = [
      ...(has(shift.people) ? (['leaving'] as const) : []),
      ...(has(next?.people) ? (['arriving'] as const) : []),
    ];
    return { user, isManager, mayWrite: isManager || mayOverride, roles };
  }

  /** Before anything is said of a shift. */
  async assertMayChange(credentials: BackstageCredentials): Promise<void> {
    if (!(await this.#access.isAllowed(credentials, onCallManagePermission))) {
      await this.#access.assertPermission(
        credentials,
        onCallOverridePermission,
      );
    }
    await this.assertMayRead(credentials);
  }

  /** The shift as pages show it, and the one after it. */
  async describe(found: FoundShift): Promise<{
    shift: ShiftInQuestion;
    next?: Omit<ShiftInQuestion, 'schedule' | 'title' | 'level'>;
  }> {
    const { schedule, shift, next } = found;
    const { people } = await this.#directory.people(
      [...shift.people, ...(next?.people ?? [])],
      externalNamesOf([schedule]),
    );
    const show = (refs: readonly string[]) =>
      refs.flatMap(ref => people.get(ref) ?? []);
    const { key, start, end } = shift;
    return {
      shift: {
        key,
        schedule: schedule.name,
        title: titleOf(definitionOfShift(found)),
        level: shift.level,
        start,
        end,
        people: show(shift.people),
      },
      ...(next
        ? {
            next: {
              key: next.key,
              start: next.start,
              end: next.end,
              people: show(next.people),
            },
          }
        : {}),
    };
  }
}

/** Throws `NotAllowedError` unless the caller has one of the sides, or manages schedules. */
export function assertMayWriteAs(
  caller: ShiftCaller,
  roles: readonly HandoffRole[],
): void {
  if (!mayWriteAs(caller, roles)) {
    throw new NotAllowedError(
      `This is for those who have the shift, and for those who hold ${onCallManagePermission.name}`,
    );
  }
}

export function mayWriteAs(
  { isManager, mayWrite, roles: own }: ShiftCaller,
  roles: readonly HandoffRole[],
): boolean {
  return isManager || (mayWrite && own.some(role => roles.includes(role)));
}
