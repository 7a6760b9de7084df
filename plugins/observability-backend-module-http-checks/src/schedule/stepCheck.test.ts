import { CheckAnswer } from '../check/performCheck';
import { CheckState, historySince, isFlapping, NEW_CHECK } from './CheckState';
import { stepCheck } from './stepCheck';

const START = Date.parse('2026-11-24T12:00:00Z');
const PACE = { intervalSeconds: 300, downAfterSeconds: 60 };

/** `+`: good, `~`: slow, `-`: failed, `?`: refused. */
const ANSWERS: Record<string, CheckAnswer> = {
  '+': { verdict: 'good', responseMs: 80 },
  '~': { verdict: 'slow', reason: 'answered in 900 ms', responseMs: 900 },
  '-': { verdict: 'failed', reason: 'HTTP 500; expects 2xx' },
  '?': { verdict: 'refused', reason: 'at a private address' },
};

function at(seconds: number): Date {
  return new Date(START + seconds * 1000);
}

function secondsOf(instant: string | undefined): number | undefined {
  return instant ? (Date.parse(instant) - START) / 1000 : undefined;
}

/** Steps through answers, each at its second: `0+ 300-`. */
function run(script: string, pace = PACE, from: CheckState = NEW_CHECK) {
  let state = from;
  const steps: string[] = [];
  let recheckSeconds: number | undefined;
  let changed = false;
  for (const [, seconds, sign] of script.matchAll(/(\d+)(\S)/g)) {
    ({ state, recheckSeconds, changed } = stepCheck(state, ANSWERS[sign], {
      ...pace,
      at: at(Number(seconds)),
    }));
    steps.push(`${state.state}@${secondsOf(state.since)}`);
  }
  return { state, steps, recheckSeconds, changed };
}

/** Asks again whenever it is due, as long as answers are given. */
function follow(signs: string, pace = PACE) {
  let state = NEW_CHECK;
  let seconds = 0;
  const steps: string[] = [];
  for (const sign of signs) {
    const step = stepCheck(state, ANSWERS[sign], {
      ...pace,
      at: at(seconds),
    });
    state = step.state;
    steps.push(`${seconds}: ${state.state}@${secondsOf(state.since)}`);
    seconds += step.recheckSeconds ?? pace.intervalSeconds;
  }
  return steps;
}

describe('how a check is', () => {
  it.each([
    ['well at its first good answer', '0+ 300+', 'up@0 up@0'],
    ['degraded at once when it is slow', '0+ 300~', 'up@0 degraded@300'],
    [
      'degraded while it fails, and down when it failed for long enough',
      '0+ 300- 320- 340- 360-',
      'up@0 degraded@300 degraded@300 degraded@300 down@300',
    ],
    [
      'well again from the first of two good answers on',
      '0- 60- 120+ 140+',
      'degraded@0 down@0 down@0 up@120',
    ],
    [
      'still down when only one good answer came',
      '0- 60- 120+ 140- 200+ 220+',
      'degraded@0 down@0 down@0 down@0 down@0 up@200',
    ],
    [
      'not down when a good answer came between failed ones',
      '0- 20- 40+ 60- 80- 100- 120-',
      'degraded@0 degraded@0 degraded@0 degraded@0 degraded@0 degraded@0 down@60',
    ],
    [
      'degraded after it was down when it answers slowly',
      '0- 60- 120~ 140~',
      'degraded@0 down@0 down@0 degraded@120',
    ],
    [
      'degraded from its first failed answer on, also where it was slow before',
      '0~ 300- 320~ 340~ 360+ 380+',
      'degraded@0 degraded@300 degraded@300 degraded@320 degraded@320 up@360',
    ],
    [
      'unknown while it is not asked, and what it is at the next answer',
      '0+ 300? 600? 900- 960- 1020? 1320+',
      'up@0 unknown@300 unknown@300 degraded@900 down@900 unknown@1020 up@1320',
    ],
    [
      'as its first answer after a gap says, from then on',
      '0+ 1200+ 2400-',
      'up@0 up@1200 degraded@2400',
    ],
    [
      'down at once when it is so after a gap too',
      '0- 60- 1200- 1260+ 1280+',
      'degraded@0 down@0 down@1200 down@1200 up@1260',
    ],
  ])('is %s', (_what, script, steps) => {
    expect(run(script).steps.join(' ')).toBe(steps);
  });

  it('is found down when it was so for the time that counts, whatever the interval', () => {
    expect(follow('+----')).toEqual([
      '0: up@0',
      '300: degraded@300',
      '320: degraded@300',
      '340: degraded@300',
      '360: down@300',
    ]);
    const patient = { intervalSeconds: 1800, downAfterSeconds: 300 };
    expect(follow('+----', patient).at(-1)).toBe('2100: down@1800');
    const instant = { intervalSeconds: 30, downAfterSeconds: 0 };
    expect(follow('-', instant)).toEqual(['0: down@0']);
    const quick = { intervalSeconds: 30, downAfterSeconds: 12 };
    expect(follow('----', quick).slice(0, 4)).toEqual([
      '0: degraded@0',
      '5: degraded@0',
      '10: degraded@0',
      '15: down@0',
    ]);
  });

  it('is asked for every minute while it is down, and soon when it seems to recover', () => {
    expect(run('0- 60-').recheckSeconds).toBe(60);
    expect(run('0- 60- 120+').recheckSeconds).toBe(20);
    expect(run('0- 60- 120+ 140+').recheckSeconds).toBeUndefined();
    expect(run('0+ 300~').recheckSeconds).toBeUndefined();
    // Never less often than at its interval.
    const pace = { intervalSeconds: 30, downAfterSeconds: 600 };
    expect(run('0-', pace).recheckSeconds).toBe(30);
    expect(run('0- 300- 600-', pace).recheckSeconds).toBe(30);
  });

  it('has a reason while it is not well, and tells when it becomes another', () => {
    const down = run('0+ 300- 360-');
    expect(down).toMatchObject({
      changed: true,
      state: { reason: 'HTTP 500; expects 2xx', responseMs: 80 },
    });
    expect(secondsOf(down.state.respondedAt)).toBe(0);
    expect(run('0+ 300- 320-').changed).toBe(false);
    const well = run('0+ 300- 360- 420+ 440+');
    expect(well.changed).toBe(true);
    expect(well.state.reason).toBeUndefined();
  });

  it('flaps when it failed and recovered twice within an hour', () => {
    const once = run('0+ 300- 360- 420+ 440+ 700+');
    expect(isFlapping(once.state, at(700))).toBe(false);
    const twice = run('800- 820+ 840+', PACE, once.state);
    expect(isFlapping(twice.state, at(840))).toBe(true);
    expect(isFlapping(twice.state, at(300 + 3601))).toBe(false);
    const slow = run('0+ 300~ 600+ 620+ 900~ 1200+ 1220+');
    expect(isFlapping(slow.state, at(1220))).toBe(false);
  });

  it('keeps a bounded past', () => {
    let { state } = run('0+');
    for (let turn = 1; turn <= 200; turn++) {
      ({ state } = run(
        `${turn * 100}- ${turn * 100 + 60}+ ${turn * 100 + 80}+`,
        PACE,
        state,
      ));
    }
    expect(state.changes).toHaveLength(100);
  });
});

describe('the past of a check', () => {
  const told = (script: string, through?: number) => {
    const past = historySince(
      run(script).state,
      through === undefined ? undefined : at(through).toISOString(),
    );
    return (
      past && {
        from: secondsOf(past.from.toISOString()),
        intervals: past.intervals.map(
          ({ state, startedAt, endedAt }) =>
            `${state} ${secondsOf(startedAt.toISOString())}-${
              endedAt ? secondsOf(endedAt.toISOString()) : ''
            }`,
        ),
      }
    );
  };

  it('says when an outage began and ended, though that was known later', () => {
    const outage = '0+ 300- 360- 420+ 440+';
    expect(told(outage)).toEqual({ from: 0, intervals: ['down 300-420'] });
    expect(told('0+ 300- 360-', 300)).toEqual({
      from: 300,
      intervals: ['down 300-'],
    });
    expect(told(outage, 360)).toEqual({ from: 420, intervals: [] });
    expect(told(outage, 440)).toBeUndefined();
  });

  it('leaves a gap as a time of which nothing is known', () => {
    expect(told('0+ 1200-', 0)).toEqual({
      from: 0,
      intervals: ['unknown 0-1200', 'degraded 1200-'],
    });
  });
});
