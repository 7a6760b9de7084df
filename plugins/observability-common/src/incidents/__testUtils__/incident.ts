import { Incident } from '../../model';

/** An incident that was declared on a Sunday afternoon, three minutes after it began. */
export function incidentOf(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'c0ffee00-0000-4000-8000-000000000001',
    number: 42,
    title: 'Quotes cannot be created',
    severity: 'SEV-2',
    severityConfirmed: true,
    state: 'triage',
    entityRefs: ['component:default/crm-api'],
    roles: { commander: 'user:default/ben', responders: [] },
    declaredBy: 'user:default/ben',
    metrics: [],
    startedAt: '2026-11-22T13:32:00.000Z',
    detectedAt: '2026-11-22T13:33:00.000Z',
    declaredAt: '2026-11-22T13:35:00.000Z',
    stateSince: '2026-11-22T13:35:00.000Z',
    reachedAt: { triage: '2026-11-22T13:35:00.000Z' },
    verifiedInProduction: false,
    impact: {},
    links: [],
    version: 1,
    ...changes,
  };
}
