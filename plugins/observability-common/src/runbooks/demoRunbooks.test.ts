import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { METRICS } from '../metrics';
import { lintRunbook } from './lint/lintRunbook';
import { parseRunbook } from './parse/parseRunbook';

const folder = path.resolve(__dirname, '../../../../examples/runbooks');
const runbooks = readdirSync(folder)
  .sort()
  .map(file => ({
    file,
    runbook: parseRunbook({
      text: readFileSync(path.join(folder, file), 'utf8'),
      url: file,
    }),
  }));
/** When they were written: what was tested then grows older with time. */
const now = new Date('2026-11-25T12:00:00Z');

describe('the runbooks of the demo', () => {
  it.each(runbooks)('have nothing wrong with them: $file', ({ runbook }) => {
    expect(lintRunbook(runbook, { now })).toEqual([]);
    expect(runbook.steps.length).toBeGreaterThan(3);
    expect(runbook.variableNames).toEqual(
      expect.arrayContaining(runbook.declaredVariables.map(({ name }) => name)),
    );
  });

  it('answer the three alerts of the guide, by metric and by name', () => {
    const answered = runbooks.flatMap(({ runbook }) => runbook.alerts);
    for (const id of ['uptime.state', 'errors.count', 'performance.p95Ms']) {
      const metric = METRICS.find(candidate => candidate.id === id);
      expect(answered).toEqual(expect.arrayContaining([id, metric?.alertName]));
    }
  });
});
