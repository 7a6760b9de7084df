import { entityHealthListQuerySchema, seriesQuerySchema } from './healthRoutes';

describe('entityHealthListQuerySchema', () => {
  it('lists all, 25 a page, when nothing is asked', () => {
    expect(entityHealthListQuerySchema.parse({})).toEqual({ limit: 25 });
  });

  it('reads lists with commas, repeated, or both', () => {
    const owner = ['group:default/crm', 'group:default/data'];
    for (const query of [
      { owner: owner.join(' , ') },
      { owner },
      { owner: [`${owner[0]},`, owner.join(',')] },
    ]) {
      expect(entityHealthListQuerySchema.parse(query)).toEqual({
        limit: 25,
        owner,
      });
    }
  });

  it('takes an empty list for none', () => {
    expect(
      entityHealthListQuerySchema.parse({ status: '', owner: [',', ' '] }),
    ).toEqual({ limit: 25 });
  });

  it.each([
    { status: 'green' },
    { status: 'ok,green' },
    { status: { ok: 'true' } },
    { status: [{ a: '1' }] },
    { limit: '0' },
    { limit: '201' },
    { limit: '1.5' },
    { limit: 'many' },
    { limit: ['1', '2'] },
    { q: ['a', 'b'] },
    { q: 'x'.repeat(201) },
    { owner: 'x'.repeat(301) },
    { cursor: 'x'.repeat(2001) },
  ])('refuses %j', query => {
    expect(entityHealthListQuerySchema.safeParse(query).success).toBe(false);
  });

  it('turns text into numbers', () => {
    expect(entityHealthListQuerySchema.parse({ limit: '200' }).limit).toBe(200);
  });
});

describe('seriesQuerySchema', () => {
  it('needs a metric and answers by the hour', () => {
    expect(seriesQuerySchema.parse({ metric: 'errors.rate' })).toEqual({
      metric: 'errors.rate',
      resolution: 'hour',
    });
    expect(seriesQuerySchema.safeParse({}).success).toBe(false);
  });

  it.each([
    { metric: 'errors.rate', from: 'yesterday' },
    { metric: 'errors.rate', to: '2026-11-22' },
    { metric: 'errors.rate', resolution: 'minute' },
    { metric: '' },
  ])('refuses %j', query => {
    expect(seriesQuerySchema.safeParse(query).success).toBe(false);
  });

  it('takes instants with any offset', () => {
    const query = {
      metric: 'errors.rate',
      from: '2026-11-22T12:00:00+01:00',
      to: '2026-11-22T12:00:00.000Z',
    };
    expect(seriesQuerySchema.parse(query)).toMatchObject(query);
  });
});
