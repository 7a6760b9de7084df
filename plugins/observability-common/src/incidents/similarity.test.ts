import { compareIncidents, IncidentTraits } from './similarity';

function traits(changes: Partial<IncidentTraits>): IncidentTraits {
  return {
    entityRefs: [],
    dependencies: [],
    metrics: [],
    factors: [],
    text: '',
    ...changes,
  };
}

describe('what two incidents have in common', () => {
  const now = traits({
    entityRefs: ['component:default/crm-api'],
    dependencies: ['resource:default/crm-db'],
    metrics: ['errors.rate'],
    trigger: 'deployment',
    text: 'Quotes cannot be created: the connection pool is full',
  });

  it('names each thing, the strongest first', () => {
    const { reasons } = compareIncidents(
      now,
      traits({
        entityRefs: ['component:default/crm-api', 'component:default/web'],
        dependencies: ['resource:default/crm-db'],
        trigger: 'deployment',
        text: 'Full connection pool after a change',
      }),
    );
    expect(reasons).toEqual([
      { kind: 'service', value: 'component:default/crm-api' },
      { kind: 'words', value: 'connection pool full' },
      { kind: 'trigger', value: 'deployment' },
      { kind: 'dependency', value: 'resource:default/crm-db' },
    ]);
  });

  it('counts more the more they share, and never above 1', () => {
    const service = { entityRefs: now.entityRefs };
    const scores = [
      traits({ text: 'Something else entirely' }),
      traits({ dependencies: now.dependencies }),
      traits(service),
      traits({ ...service, metrics: now.metrics }),
      now,
    ].map(other => compareIncidents(now, other).score);
    expect(scores[0]).toBe(0);
    expect([...scores].sort((a, b) => a - b)).toEqual(scores);
    expect(new Set(scores).size).toBe(scores.length);
    expect(scores[4]).toBeLessThan(1);
  });

  it('makes nothing of a trigger that nobody knows, or of one word', () => {
    expect(
      compareIncidents(
        traits({ trigger: 'unknown', text: 'Slow quotes' }),
        traits({ trigger: 'unknown', text: 'Slow login' }),
      ),
    ).toEqual({ score: 0, reasons: [] });
  });
});
