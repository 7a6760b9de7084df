import {
  METRICS,
  monitorReadingSchema,
  signalSchema,
  type ProblemCode,
} from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import type { Reading } from '../../Provider';
import { entriesOf, throughJson, type CycleOutcome } from './ContractBench';

/** Everything that holds for whatever a cycle gives. */
export function checkWellFormed(outcome: CycleOutcome): void {
  const { targets, results, kept } = outcome;
  const keys = results.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  expect(targets.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));

  for (const { key, results: entries, state } of results) {
    const target = targets.find(other => other.key === key);
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)]);
    expect(target?.kinds).toEqual(expect.arrayContaining(kinds));
    for (const entry of entries) {
      if (!('error' in entry)) checkReading(entry);
    }
    if (state) expect(throughJson(state)).toEqual(state);
  }
  expect(throughJson(kept)).toEqual(kept);
}

/** A reading that the product can store, evaluate and draw. */
function checkReading(reading: Reading): void {
  const { kind, observedAt, data, measurements, samples = [], url } = reading;
  expect(observedAt.getTime()).not.toBeNaN();
  const known = METRICS.filter(metric => metric.kind === kind);
  expect(known.map(({ id }) => id)).toEqual(
    expect.arrayContaining(measurements.map(({ metric }) => metric)),
  );
  for (const { metric, value } of [...measurements, ...samples]) {
    // A series may also be of what no threshold is held against.
    expect(metric).toMatch(new RegExp(`^${kind}\\.\\w+$`));
    if (typeof value === 'number') {
      expect({ metric, finite: Number.isFinite(value) }).toEqual({
        metric,
        finite: true,
      });
    }
  }
  for (const { at } of samples) expect(at.getTime()).not.toBeNaN();
  if (url !== undefined) expect(url).toMatch(/^https?:\/\//);
  // The first issue says more than a failing boolean would.
  expect(shapeOf(kind)?.safeParse(data).error?.issues[0]).toBeUndefined();
}

/** What a reading of that kind holds. The history of monitors is not the provider's to tell. */
function shapeOf(kind: Reading['kind']): z.ZodType | undefined {
  return kind === 'uptime'
    ? z.object({ monitors: z.array(monitorReadingSchema) }).optional()
    : signalSchema.options.find(option => option.shape.kind.value === kind)
        ?.shape.data;
}

/** Each kind of each target was read, and has data where none was kept. */
export function checkAllRead(
  outcome: CycleOutcome,
  options: { first: boolean },
): void {
  checkWellFormed(outcome);
  for (const { key, kind, entry } of entriesOf(outcome)) {
    expect({ key, kind, entry }).toEqual({
      key,
      kind,
      entry: expect.objectContaining({ measurements: expect.any(Array) }),
    });
    if (options.first) {
      expect({ key, kind, entry }).toEqual({
        key,
        kind,
        entry: expect.objectContaining({ data: expect.any(Object) }),
      });
    }
  }
}

/** Each kind of each target has a failure with one of these codes. */
export function checkAllFailed(
  outcome: CycleOutcome,
  codes: readonly ProblemCode[],
): void {
  checkWellFormed(outcome);
  for (const { key, kind, entry } of entriesOf(outcome)) {
    const error = entry && 'error' in entry ? entry.error : undefined;
    expect({ key, kind, code: error?.code, message: error?.message }).toEqual({
      key,
      kind,
      code: expect.stringMatching(new RegExp(`^(${codes.join('|')})$`)),
      // One line, in words, and not what the vendor sent.
      message: expect.stringMatching(/^[^<>\n]{10,500}$/),
    });
  }
}

/** Nothing that leaves the provider holds a secret. */
export function checkNoSecrets(
  secrets: readonly string[],
  outcomes: readonly CycleOutcome[],
  logLines: readonly string[],
): void {
  const errors = outcomes
    .flatMap(outcome => entriesOf(outcome))
    .flatMap(({ entry }) => (entry && 'error' in entry ? entry.error : []));
  const told = [
    ...errors.map(({ message, stack, cause }) => [message, stack, cause]),
    ...outcomes.map(({ results, kept }) => JSON.stringify([results, kept])),
    ...logLines,
  ].join('\n');
  for (const secret of secrets) {
    // Not toContain, which would print the secret.
    expect({ secretIsTold: told.includes(secret) }).toEqual({
      secretIsTold: false,
    });
  }
}
