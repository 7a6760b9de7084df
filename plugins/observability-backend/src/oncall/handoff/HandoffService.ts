import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  HandoffNote,
  HandoffNoteEdit,
  HandoffRole,
  HandoffSection,
  HandoffSigning,
  writeHandoffDraft,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef } from '../../access/callerRef';
import { iso } from '../scheduleAnswers';
import { HandoffSource } from './HandoffSource';
import { frozen, HandoffStore, StoredNote } from './HandoffStore';
import { ServicesOfSchedule } from './ServicesOfSchedule';
import {
  assertMayWriteAs,
  mayWriteAs,
  ShiftCaller,
  ShiftCallers,
} from './ShiftCallers';
import { definitionOfShift, FoundShift, ShiftLookup } from './ShiftLookup';

const BOTH: HandoffRole[] = ['leaving', 'arriving'];

/** What whoever leaves tells whoever comes: a note that drafts itself. */
export class HandoffService {
  readonly #store: HandoffStore;
  readonly #shifts: ShiftLookup;
  readonly #callers: ShiftCallers;
  readonly #services: Pick<ServicesOfSchedule, 'find'>;
  readonly #sources: HandoffSource[];
  readonly #now: () => Date;

  constructor(options: {
    store: HandoffStore;
    shifts: ShiftLookup;
    callers: ShiftCallers;
    services: Pick<ServicesOfSchedule, 'find'>;
    sources: HandoffSource[];
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#shifts = options.shifts;
    this.#callers = options.callers;
    this.#services = options.services;
    this.#sources = [...options.sources];
    this.#now = options.now ?? (() => new Date());
  }

  /** Lets another domain tell its facts. */
  addSource(source: HandoffSource): void {
    this.#sources.push(source);
  }

  async read(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<HandoffNote> {
    await this.#callers.assertMayRead(credentials);
    const found = await this.#shifts.find(key, iso(this.#now()));
    return this.#answer(found, credentials);
  }

  async edit(
    key: string,
    { text, version }: HandoffNoteEdit,
    credentials: BackstageCredentials,
  ): Promise<HandoffNote> {
    const { found, note } = await this.#writable(key, credentials);
    assertAsRead(note, version);
    const isSaved = await this.#store.save(
      { schedule: found.schedule.name, key },
      { text, version, by: callerRef(credentials), now: iso(this.#now()) },
    );
    if (!isSaved) {
      throw changedMeanwhile();
    }
    return this.#answer(found, credentials);
  }

  async sign(
    key: string,
    signing: HandoffSigning,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<HandoffNote> {
    const { found, note, caller } = await this.#writable(key, credentials);
    const { version } = signing;
    const role = signing.role ?? ownRole(caller, note);
    assertMayWriteAs(caller, [role]);
    assertAsRead(note, version);
    const isSigned = await this.#store.sign(
      { schedule: found.schedule.name, key },
      {
        role,
        version,
        by: callerRef(credentials),
        now: iso(this.#now()),
        draft: note
          ? note.text
          : writeHandoffDraft(await this.#facts(found, credentials)),
      },
    );
    if (!isSigned) {
      throw changedMeanwhile();
    }
    return this.#answer(found, credentials);
  }

  /** A shift whose note the caller may write, and that is not frozen. */
  async #writable(key: string, credentials: BackstageCredentials) {
    await this.#callers.assertMayChange(credentials);
    const found = await this.#shifts.find(key, iso(this.#now()));
    const caller = await this.#callers.callerOf(found, credentials);
    assertMayWriteAs(caller, BOTH);
    const note = await this.#store.note(key);
    if (isFrozen(note)) {
      throw frozen();
    }
    return { found, caller, note };
  }

  async #answer(
    found: FoundShift,
    credentials: BackstageCredentials,
  ): Promise<HandoffNote> {
    const [described, caller, note] = await Promise.all([
      this.#callers.describe(found),
      this.#callers.callerOf(found, credentials),
      this.#store.note(found.shift.key),
    ]);
    const isFixed = isFrozen(note);
    const facts = isFixed ? [] : await this.#facts(found, credentials);
    const signatures = note?.signatures ?? [];
    return {
      ...described,
      version: note?.version ?? 0,
      text: note?.text ?? writeHandoffDraft(facts),
      facts,
      ...(note ? { editedBy: note.editedBy, editedAt: note.editedAt } : {}),
      signatures,
      isFrozen: isFixed,
      mayEdit: !isFixed && mayWriteAs(caller, BOTH),
      maySign:
        caller.user === undefined
          ? []
          : BOTH.filter(
              role =>
                !signatures.some(signature => signature.role === role) &&
                mayWriteAs(caller, [role]),
            ),
    };
  }

  async #facts(
    found: FoundShift,
    credentials: BackstageCredentials,
  ): Promise<HandoffSection[]> {
    const now = iso(this.#now());
    const { owner } = definitionOfShift(found);
    const services = await this.#services.find(
      { schedule: found.schedule.name, owner },
      credentials,
    );
    const sections = await Promise.all(
      this.#sources.map(source =>
        source.sections({ ...found, owner, services, now, credentials }),
      ),
    );
    return sections.flat();
  }
}

function isFrozen(note: StoredNote | undefined): boolean {
  return BOTH.every(role =>
    note?.signatures.some(signature => signature.role === role),
  );
}

/** The side on which the caller is; of both, the one that is not signed yet. */
function ownRole(
  { roles }: ShiftCaller,
  note: StoredNote | undefined,
): HandoffRole {
  const open = roles.filter(
    role => !note?.signatures.some(signature => signature.role === role),
  );
  const [role] = [...open, ...roles];
  if (!role) {
    throw new InputError('"role": name the side that you sign for');
  }
  return role;
}

function assertAsRead(note: StoredNote | undefined, version: number): void {
  if ((note?.version ?? 0) !== version) {
    throw changedMeanwhile();
  }
}

function changedMeanwhile() {
  return new ConflictError(
    'Somebody else has changed or signed this note meanwhile; look at it again',
  );
}
