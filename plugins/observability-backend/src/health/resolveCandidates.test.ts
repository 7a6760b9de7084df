import { at, signalInputs } from '../__testUtils__/inputs';
import { SignalInputs } from './EvaluationInputs';
import { resolveCandidates } from './resolveCandidates';

const now = at('12:00');

function candidate(
  instance: string,
  listed: boolean | null,
  overrides: Partial<SignalInputs> = {},
): SignalInputs {
  return signalInputs({ candidate: true, instance, listed, ...overrides });
}

const resolved = (...signals: SignalInputs[]) =>
  resolveCandidates(signals, now).map(({ instance, target, problem }) => ({
    instance,
    target,
    problem: problem?.message,
  }));

describe('resolveCandidates', () => {
  it('gives an id to the only instance that lists it, answered or not by the others', () => {
    for (const other of [false, null]) {
      expect(resolved(candidate('eu', other), candidate('us', true))).toEqual([
        { instance: 'us', target: 'one', problem: undefined },
      ]);
    }
  });

  it('waits while an instance that has not answered may list it', () => {
    const problem = { code: 'timeout' as const, message: 'No.', since: now };
    expect(
      resolved(candidate('eu', false), candidate('us', null, { problem })),
    ).toEqual([{ instance: 'us', target: 'one', problem: 'No.' }]);
  });

  it('asks for a better annotation, once, when several or none list it', () => {
    expect(
      resolved(
        candidate('eu', true, { target: 'acme/one@prod' }),
        candidate('us', true, { target: 'corp/one@prod' }),
        candidate('ap', false, { target: 'demo/one@prod' }),
      ),
    ).toEqual([
      {
        instance: 'eu',
        target: 'acme/one@prod',
        problem:
          'one is listed by several instances (eu, us): say in the annotation which is meant',
      },
    ]);
    expect(resolved(candidate('eu', false), candidate('us', false))).toEqual([
      {
        instance: 'eu',
        target: 'one',
        problem:
          'one is listed by none of the instances (eu, us): check its name in the annotation',
      },
    ]);
  });

  it('decides for each id, vendor and kind by itself, and leaves what is certain alone', () => {
    expect(
      resolved(
        signalInputs({ target: 'certain' }),
        candidate('eu', true),
        candidate('us', false),
        candidate('eu', false, { target: 'two' }),
        candidate('us', true, { target: 'two' }),
        candidate('eu', true, { kind: 'releases' }),
        candidate('eu', null, { provider: 'other' }),
      ).map(({ instance, target }) => `${instance} ${target}`),
    ).toEqual(['default certain', 'eu one', 'us two', 'eu one', 'eu one']);
  });

  it('keeps since when nobody can tell', () => {
    const [first] = resolveCandidates(
      [candidate('eu', true), candidate('us', true)],
      at('10:00'),
    );
    const reason = {
      metric: 'source',
      value: 'misconfigured',
      unit: 'state',
      threshold: null,
      level: 'unknown' as const,
      message: `Fake (eu) is not set up correctly: ${first.problem?.message}.`,
      since: at('10:00'),
    };
    const [again] = resolveCandidates(
      [
        candidate('eu', true, {
          previous: {
            status: 'unknown',
            since: at('10:00'),
            reasons: [reason],
            breaches: [],
          },
        }),
        candidate('us', true),
      ],
      now,
    );
    expect(first.problem?.since).toBe(at('10:00'));
    expect(again.problem).toEqual(first.problem);
  });
});
