import { Shift } from '../model';
import { answerShifts, AnswerShiftsInput } from './answerShifts';
import {
  ANA,
  BEN,
  CLEO,
  layerOf,
  lines,
  overrideOf,
  scheduleOf,
} from './__testUtils__/schedules';

const CREATED = '2026-01-01T00:00:00Z';
const first = {
  definition: scheduleOf(layerOf([ANA, BEN]), 'UTC'),
  effectiveFrom: CREATED,
};

function answer(more: Partial<AnswerShiftsInput>) {
  return answerShifts({
    versions: [first],
    recorded: [],
    from: '2026-01-05T00:00:00Z',
    to: '2026-01-26T00:00:00Z',
    now: '2026-01-14T00:00:00Z',
    ...more,
  });
}

const recordedWeek: Shift = {
  key: 'crm:primary:@0:20260105T0900:0',
  start: '2026-01-05T09:00:00.000Z',
  end: '2026-01-12T09:00:00.000Z',
  level: 'primary',
  people: [CLEO],
  source: { type: 'swap', layer: '1', id: 'swap-9' },
};

describe('answerShifts', () => {
  it('answers for the past from the record, and for the rest from the definition', () => {
    const { shifts, gaps } = answer({ recorded: [recordedWeek] });
    expect(shifts[0]).toEqual(recordedWeek);
    expect(lines(shifts)).toEqual([
      '2026-01-05T09:00Z 2026-01-12T09:00Z cleo',
      '2026-01-12T09:00Z 2026-01-19T09:00Z ben',
      '2026-01-19T09:00Z 2026-01-26T09:00Z ana',
    ]);
    expect(gaps).toEqual([
      {
        start: '2026-01-05T00:00:00.000Z',
        end: '2026-01-05T09:00:00.000Z',
        level: 'primary',
      },
    ]);
  });

  it('believes the record where it holds nobody', () => {
    const { shifts, gaps } = answer({
      recorded: [],
      recordedUntil: '2026-01-13T00:00:00Z',
    });
    expect(lines(shifts)).toEqual([
      '2026-01-12T09:00Z 2026-01-19T09:00Z ben',
      '2026-01-19T09:00Z 2026-01-26T09:00Z ana',
    ]);
    expect(gaps[0].end).toBe('2026-01-12T09:00:00.000Z');
  });

  it('works out what is over and not yet recorded', () => {
    expect(lines(answer({ now: '2026-01-25T00:00:00Z' }).shifts)).toEqual([
      '2026-01-05T09:00Z 2026-01-12T09:00Z ana',
      '2026-01-12T09:00Z 2026-01-19T09:00Z ben',
      '2026-01-19T09:00Z 2026-01-26T09:00Z ana',
    ]);
  });

  it('cuts a shift in two where a version gives it to somebody else', () => {
    const { shifts } = answer({
      versions: [
        {
          definition: scheduleOf(layerOf([ANA, CLEO]), 'UTC'),
          effectiveFrom: '2026-01-14T12:00:00Z',
        },
        first,
      ],
    });
    expect(lines(shifts)).toEqual([
      '2026-01-05T09:00Z 2026-01-12T09:00Z ana',
      '2026-01-12T09:00Z 2026-01-14T12:00Z ben',
      '2026-01-14T12:00Z 2026-01-19T09:00Z cleo',
      '2026-01-19T09:00Z 2026-01-26T09:00Z ana',
    ]);
    expect(shifts[1].key).toBe('crm:primary:@0:20260112T0900:0');
    expect(shifts[2].key).toBe('crm:primary:@0:20260112T0900:183600');
  });

  it('leaves a shift in one piece that a version does not touch', () => {
    const { shifts } = answer({
      from: '2026-01-15T00:00:00Z',
      to: '2026-01-16T00:00:00Z',
      versions: [
        first,
        {
          definition: {
            ...scheduleOf(layerOf([ANA, BEN]), 'UTC'),
            title: 'CRM',
          },
          effectiveFrom: '2026-01-14T12:00:00Z',
        },
      ],
    });
    expect(shifts).toEqual([
      expect.objectContaining({
        key: 'crm:primary:@0:20260112T0900:0',
        start: '2026-01-12T09:00:00.000Z',
        end: '2026-01-19T09:00:00.000Z',
      }),
    ]);
  });

  it('knows a level only while there is one', () => {
    const { shifts, gaps } = answer({
      versions: [
        first,
        {
          definition: {
            ...scheduleOf(layerOf([ANA, BEN]), 'UTC'),
            levels: [{ name: 'backup', layers: [layerOf([])] }],
          },
          effectiveFrom: '2026-01-19T00:00:00Z',
        },
      ],
    });
    expect(lines(shifts)).toEqual([
      '2026-01-05T09:00Z 2026-01-12T09:00Z ana',
      '2026-01-12T09:00Z 2026-01-19T00:00Z ben',
    ]);
    expect(gaps).toEqual([
      expect.objectContaining({ level: 'primary' }),
      {
        start: '2026-01-19T00:00:00.000Z',
        end: '2026-01-26T00:00:00.000Z',
        level: 'backup',
      },
    ]);
  });

  it('warns of what is to come alone', () => {
    const idle = (day: string) =>
      overrideOf(`2026-01-${day}T00:00:00Z`, `2026-01-${day}T01:00:00Z`, {
        remove: CLEO,
      });
    const coming = idle('20');
    expect(
      answer({
        recorded: [recordedWeek],
        overrides: [idle('06'), coming],
        isKnownPerson: person => person !== BEN,
      }).warnings,
    ).toEqual([
      {
        code: 'unknown-person',
        message: `${BEN} is not in the catalog`,
        at: '2026-01-12T09:00:00.000Z',
        person: BEN,
      },
      {
        code: 'override-without-effect',
        message: `The override ${coming.id} changes nothing, because ${CLEO} does not have the watch then`,
        at: '2026-01-20T00:00:00.000Z',
        person: CLEO,
      },
    ]);
  });
});
