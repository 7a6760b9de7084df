import { isWorse, STATUS_RANK, UNCONFIGURED_RANK, worstStatus } from './status';

describe('statuses', () => {
  it('keep the ranks that are stored in the database', () => {
    expect({ ...STATUS_RANK, unconfigured: UNCONFIGURED_RANK }).toEqual({
      unconfigured: 0,
      ok: 1,
      unknown: 2,
      warning: 3,
      critical: 4,
    });
    expect(isWorse('unknown', 'ok')).toBe(true);
    expect(isWorse('unknown', 'warning')).toBe(false);
    expect(isWorse('critical', 'critical')).toBe(false);
  });

  it('roll up to the worst of them, and to none where there are none', () => {
    expect(worstStatus(['ok', 'critical', 'warning'])).toBe('critical');
    expect(worstStatus(['ok', 'unknown'])).toBe('unknown');
    expect(worstStatus(['unknown', 'warning'])).toBe('warning');
    expect(worstStatus([null, 'ok'])).toBe('ok');
    expect(worstStatus([null])).toBeNull();
    expect(worstStatus([])).toBeNull();
  });
});
