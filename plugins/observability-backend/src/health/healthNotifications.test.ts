import {
  Reason,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { at, entityInputs } from '../__testUtils__/inputs';
import { EntityEvaluation } from './evaluateEntity';
import { healthNotifications } from './healthNotifications';

function reason(message: string): Reason {
  return {
    metric: 'errors.count',
    value: 60,
    unit: 'count',
    threshold: 50,
    level: 'critical',
    message,
    since: at('12:00'),
  };
}

function evaluation(
  status: Status | null,
  reasons: Reason[] = [],
  reasonCount = reasons.length,
): EntityEvaluation {
  return {
    entityRef: 'component:default/web',
    signals: [],
    transitions: [],
    health: {
      status,
      rank: 0,
      since: null,
      reasons,
      reasonCount,
      signalCounts: { ok: 0, warning: 0, critical: 0, unknown: 0 },
    },
  };
}

/** Walks through statuses, and gives the messages of each step. */
function walk(statuses: (Status | null)[], ownerRef = 'group:default/crm') {
  let episodeId: string | null = null;
  let before: Status | null = null;
  return statuses.map((status, index) => {
    const transitionId = status === before ? undefined : `t${index}`;
    const step = healthNotifications(
      entityInputs({
        ownerRef: ownerRef || null,
        previous: { status: before, since: null, episodeId, fingerprint: '' },
      }),
      evaluation(status, [reason('60 errors')]),
      transitionId,
    );
    episodeId = step.episodeId;
    before = status;
    return step.messages.map(({ kind, occurrence }) => `${kind} ${occurrence}`);
  });
}

describe('healthNotifications', () => {
  it('tells the owner what is wrong, and where to look', () => {
    const { episodeId, messages } = healthNotifications(
      entityInputs({ entityRef: 'component:shop/web', title: 'Web Shop' }),
      evaluation('critical', [reason('60 errors'), reason('slow')], 4),
      't1',
    );
    expect(episodeId).toBe('t1');
    expect(messages).toEqual([
      {
        kind: 'health-critical',
        subject: 'component:shop/web',
        occurrence: 't1',
        recipients: ['group:default/crm'],
        payload: {
          title: 'Web Shop is critical',
          description: '60 errors. slow (4 in all)',
          severity: 'critical',
          link: '/catalog/shop/component/web/health',
          topic: 'health',
          scope: 'health:component:shop/web:t1',
        },
      },
    ]);
  });

  it('tells the end of the episode under the same scope', () => {
    const inputs = entityInputs({
      previous: {
        status: 'critical',
        since: null,
        episodeId: 't1',
        fingerprint: '',
      },
    });
    const { episodeId, messages } = healthNotifications(
      inputs,
      evaluation('ok'),
      't2',
    );
    expect(episodeId).toBeNull();
    expect(messages).toEqual([
      expect.objectContaining({
        kind: 'health-recovered',
        occurrence: 't1',
        payload: expect.objectContaining({
          title: 'Web has recovered',
          severity: 'normal',
          scope: 'health:component:default/web:t1',
        }),
      }),
    ]);
  });

  it('tells one episode once, however the status wavers until it is well', () => {
    expect(
      walk([
        'ok',
        'critical',
        'critical',
        'warning',
        'unknown',
        'critical',
        'unknown',
        'ok',
        'warning',
        'ok',
        'critical',
      ]),
    ).toEqual([
      [],
      ['health-critical t1'],
      [],
      [],
      [],
      [],
      [],
      ['health-recovered t1'],
      [],
      [],
      ['health-critical t10'],
    ]);
  });

  it('lets an episode end in silence when no source is left', () => {
    expect(walk(['critical', null, 'ok', 'critical'])).toEqual([
      ['health-critical t0'],
      [],
      [],
      ['health-critical t3'],
    ]);
  });

  it('tells nobody where nobody owns it', () => {
    expect(walk(['critical', 'ok'], '')).toEqual([[], []]);
  });
});
