import { Problem } from '@watchkeeper/backstage-plugin-observability-common';
import { SignalInputs } from './EvaluationInputs';

type Candidate = Pick<
  SignalInputs,
  | 'candidate'
  | 'listed'
  | 'provider'
  | 'instance'
  | 'target'
  | 'kind'
  | 'problem'
  | 'previous'
>;

/**
 * Decides which instance a bare vendor id belongs to.
 *
 * An annotation that names no instance makes each instance of the vendor a
 * candidate. The only one that lists the id has it. As long as an instance has
 * not answered, and none of those that have lists it, nobody can tell yet. When
 * none or several list it, the annotation has to say more, which is told once,
 * as a problem of the first candidate.
 *
 * Pure. Signals that are no candidates are returned as they are.
 */
export function resolveCandidates<T extends Candidate>(
  signals: readonly T[],
  now: string,
): T[] {
  const resolved: T[] = [];
  const groups = new Map<string, T[]>();
  for (const signal of signals) {
    if (!signal.candidate) {
      resolved.push(signal);
      continue;
    }
    const key = [signal.provider, bareId(signal.target), signal.kind].join(
      '\n',
    );
    const group = groups.get(key) ?? [];
    group.push(signal);
    groups.set(key, group);
  }

  for (const group of groups.values()) {
    const [first] = group;
    const listing = group.filter(signal => signal.listed === true);
    const unanswered = group.find(signal => signal.listed === null);
    if (listing.length === 1) {
      resolved.push(listing[0]);
    } else if (listing.length > 1) {
      resolved.push(
        withProblem(
          first,
          `${bareId(first.target)} is listed by several instances (${names(
            listing,
          )}): say in the annotation which is meant`,
          now,
        ),
      );
    } else if (unanswered) {
      resolved.push(unanswered);
    } else {
      resolved.push(
        withProblem(
          first,
          `${bareId(first.target)} is listed by none of the instances (${names(
            group,
          )}): check its name in the annotation`,
          now,
        ),
      );
    }
  }
  return resolved;
}

/** The vendor's id without its environments and without what an instance puts before it. */
function bareId(target: string): string {
  const [id] = target.split('@');
  return id.slice(id.lastIndexOf('/') + 1);
}

function names(signals: Candidate[]): string {
  return signals.map(signal => signal.instance).join(', ');
}

function withProblem<T extends Candidate>(
  signal: T,
  message: string,
  now: string,
): T {
  const known = signal.previous?.reasons.find(
    reason => reason.level === 'unknown' && reason.message.includes(message),
  );
  const problem: Problem = {
    code: 'misconfigured',
    message,
    since: known?.since ?? now,
  };
  return { ...signal, problem };
}
