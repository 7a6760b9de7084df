import { runbooks } from './__fixtures__/runbooks';
import { LookupDocument, LookupQuery } from './LookupDocument';
import { RunbookLookup } from './RunbookLookup';

function runbook(
  id: string,
  fields: Partial<LookupDocument> = {},
): LookupDocument {
  return {
    id,
    title: id,
    alerts: [],
    symptoms: [],
    tags: [],
    headings: [],
    body: '',
    entityRefs: [],
    ...fields,
  };
}

function lookupOf(documents: Iterable<LookupDocument>): RunbookLookup {
  const lookup = new RunbookLookup();
  for (const document of documents) {
    lookup.put(document);
  }
  return lookup;
}

const near = {
  entityRef: 'component:default/checkout',
  system: ['component:default/cart'],
  dependencies: ['resource:default/orders-db'],
  owner: 'group:default/shop',
};

describe('RunbookLookup', () => {
  describe('from the name of an alert', () => {
    const lookup = lookupOf([
      runbook('general', {
        title: 'Site down, SiteDown, site down',
        symptoms: ['SiteDown'],
        entityRefs: [near.entityRef],
      }),
      runbook('by-file', { fileName: 'docs/SiteDown.md' }),
      runbook('exact', { alerts: ['SiteDown'] }),
      runbook('metric', { alerts: ['database.disk'] }),
      runbook('folder', { fileName: 'slow_query/README.md' }),
    ]);

    it.each([
      [{ alert: 'SiteDown' }],
      [{ alert: 'site_down' }],
      [{ text: 'site down' }],
      [{ text: '[FIRING] SiteDown for checkout' }],
      // The metric of that alert.
      [{ alert: 'uptime.state' }],
    ])('puts the runbook of that name first: %j', query => {
      expect(lookup.find({ ...query, near })).toMatchObject([
        {
          id: 'exact',
          match: { by: 'alert', field: 'alerts', excerpt: 'SiteDown' },
        },
        {
          id: 'by-file',
          match: { by: 'alert', field: 'fileName', excerpt: 'SiteDown' },
        },
        ...('text' in query || query.alert !== 'uptime.state'
          ? [{ id: 'general', match: { by: 'text' } }]
          : [{ id: 'general' }]),
      ]);
    });

    it('knows a metric by the name of its alert, and a folder by its README', () => {
      expect(lookup.find({ alert: 'DatabaseDiskFull' })[0]).toMatchObject({
        id: 'metric',
        match: { by: 'alert', excerpt: 'database.disk' },
      });
      expect(lookup.find({ text: 'SlowQuery' })[0]).toMatchObject({
        id: 'folder',
        match: { by: 'alert', field: 'fileName' },
      });
    });

    it('takes the words of an alert that no runbook names', () => {
      expect(lookupOf(runbooks).find({ alert: 'RedisKeysEvicted' })[0]).toEqual(
        expect.objectContaining({
          id: 'redis-evictions',
          match: expect.objectContaining({ by: 'text' }),
        }),
      );
    });
  });

  describe('from a service', () => {
    const documents = [
      runbook('elsewhere', { entityRefs: ['component:default/blog'] }),
      runbook('owner', { owner: near.owner }),
      runbook('dependency', { entityRefs: near.dependencies }),
      runbook('system', { entityRefs: near.system }),
      runbook('own', { entityRefs: ['Component:default/Checkout'] }),
    ].map(document => ({
      ...document,
      title: 'Timeouts',
      body: 'Requests wait.\n\n1. Restart it.',
    }));

    it.each<[string, LookupQuery]>([
      ['that have the words', { text: 'timeouts', near, limit: 5 }],
      ['when nothing has them', { text: 'zzzzqqq', near, limit: 5 }],
      ['when nothing is typed', { near, limit: 5 }],
    ])('shows the nearest runbooks first, %s', (_, query) => {
      const ids = lookupOf(documents)
        .find(query)
        .map(({ id }) => id);

      expect(ids.slice(0, 4)).toEqual(['own', 'system', 'dependency', 'owner']);
    });

    it('says how near a runbook is, and how it begins', () => {
      expect(lookupOf(documents).find({ near, limit: 1 })).toEqual([
        {
          id: 'own',
          match: {
            by: 'service',
            relation: 'own',
            score: 0,
            excerpt: 'Requests wait.',
            corrections: [],
          },
        },
      ]);
    });

    it('prefers the runbook that has all words to a nearer one that has some', () => {
      const lookup = lookupOf([
        runbook('nearer', {
          title: 'Payment reports',
          entityRefs: [near.entityRef],
        }),
        runbook('better', { title: 'Payment provider refuses cards' }),
      ]);

      expect(
        lookup.find({ text: 'payment provider refuses', near })[0].id,
      ).toBe('better');
    });
  });

  describe('from words', () => {
    const lookup = lookupOf(runbooks);

    it('finds a runbook from the third letter on, while it is being typed', () => {
      const typed = 'certificate expiring';
      const missed: string[] = [];
      for (let length = 3; length <= typed.length; length++) {
        const text = typed.slice(0, length);
        const ids = lookup.find({ text, limit: 3 }).map(({ id }) => id);
        if (!ids.includes('certificate-expiring')) {
          missed.push(text);
        }
      }
      expect(missed).toEqual([]);
    });

    it.each([
      ['le pool est épuisé, connexion refusée', 'pool'],
      ['DEADLOCKS', 'deadlocks'],
      ['factures bloquees', 'facturation-bloquee'],
      ['evicting', 'redis-evictions'],
      ['orders-worker jobs', 'queue-stuck'],
    ])('reads word forms, accents and names of services: %s', (text, id) => {
      const found = lookupOf([
        ...runbooks,
        runbook('pool', { title: 'Pool épuisé', tags: ['connexions'] }),
      ]).find({ text, limit: 1 });

      expect(found.map(result => result.id)).toEqual([id]);
    });

    it('says where the words stand, and what misspelt ones were taken for', () => {
      expect(
        lookup.find({ text: 'terminate bakend sesions', limit: 1 }),
      ).toEqual([
        {
          id: 'connection-pool-exhausted',
          match: {
            by: 'text',
            field: 'body',
            score: expect.any(Number),
            excerpt: expect.stringContaining('sessions that are idle'),
            corrections: [
              { typed: 'bakend', read: 'backend' },
              { typed: 'sesions', read: 'sessions' },
            ],
          },
        },
      ]);
    });

    it('leaves a word alone that a runbook has, however rare', () => {
      const words = lookupOf([
        runbook('rare', { body: 'The pods stay.' }),
        runbook('common', { title: 'Port, ports, post, posts' }),
      ]);

      expect(words.find({ text: 'pods ' })[0]).toMatchObject({
        id: 'rare',
        match: { corrections: [] },
      });
      expect(words.find({ text: 'pods ' })).toHaveLength(1);
    });

    it('keeps excerpts short and free of Markdown', () => {
      const body = `${'Filler words. '.repeat(
        60,
      )}The **flux** \`capacitor\` of [the car](https://example.com) broke. ${'More. '.repeat(
        90,
      )}`;
      const [{ match }] = lookupOf([runbook('long', { body })]).find({
        text: 'capacitor',
      });

      expect(match?.excerpt).toContain('flux capacitor of the car broke');
      expect(match?.excerpt.length).toBeLessThanOrEqual(182);
    });
  });

  it('answers with what helped most and was tested last when nothing fits', () => {
    const lookup = lookupOf([
      runbook('never', { title: 'A' }),
      runbook('fresh', { title: 'B', lastTested: '2026-11-01' }),
      runbook('stale', { title: 'C', lastTested: '2025-01-01' }),
      runbook('helped', { title: 'D', runsThatWorked: 3 }),
    ]);

    for (const text of ['', 'the of', 'xqzwvk', '???', '💥']) {
      expect(lookup.find({ text })).toEqual([
        { id: 'helped' },
        { id: 'fresh' },
        { id: 'stale' },
        { id: 'never' },
      ]);
    }
    expect(new RunbookLookup().find({ text: 'anything' })).toEqual([]);
  });

  it('leaves out what the caller may not see, and fills its place', () => {
    const lookup = lookupOf(runbooks);
    const query = { text: 'database', limit: 3 };
    const all = lookup.find(query).map(({ id }) => id);

    const visible = lookup
      .find({ ...query, isVisible: ({ id }) => id !== all[0] })
      .map(({ id }) => id);

    expect(visible).toHaveLength(3);
    expect(visible.slice(0, 2)).toEqual(all.slice(1));
  });

  it('answers alike however its runbooks came, changed and went', async () => {
    const fresh = lookupOf(runbooks);
    const worn = new RunbookLookup();
    await worn.putAll(
      [...runbooks].reverse().map(document => ({
        ...document,
        alerts: ['Former'],
        title: `Former ${document.title}`,
        body: 'Former text about certificates, queues and mail.',
      })),
    );
    worn.put(runbook('gone', { alerts: ['QueueBacklog'], body: 'queue' }));
    worn.discard('gone');
    worn.discard('was never there');
    await worn.putAll(
      runbooks.map(document => ({ ...document, revision: '2' })),
    );

    expect(worn.size).toBe(runbooks.length);
    expect([...worn.ids()].sort()).toEqual(runbooks.map(({ id }) => id).sort());
    expect(worn.revisionOf('queue-stuck')).toBe('2');
    for (const text of [
      'QueueBacklog',
      'former',
      'mail queue',
      'databse',
      '',
    ]) {
      expect(worn.find({ text, near })).toEqual(fresh.find({ text, near }));
    }
  });

  it('takes any text, as a runbook and as a query', () => {
    const hostile = [
      '__proto__ constructor toString hasOwnProperty',
      '(((((a+)+)+$ [[[ \\u{110000} %%%',
      'x'.repeat(200_000),
      'word '.repeat(20_000),
      '\u0000\uD800 \uDFFF',
      '- '.repeat(20_000),
    ];
    const lookup = lookupOf(
      hostile.map((text, index) =>
        runbook(`hostile-${index}`, {
          title: text,
          body: text,
          alerts: [text],
          symptoms: [text],
          fileName: text,
        }),
      ),
    );

    for (const text of hostile) {
      expect(lookup.find({ text, alert: text, near })).not.toEqual([]);
    }
    expect(lookup.find({ text: '__proto__ constructor' })[0]).toMatchObject({
      id: 'hostile-0',
      match: { by: 'text' },
    });
    for (const { id } of lookup.find({ text: '' })) {
      lookup.discard(id);
    }
    expect(lookup.size).toBe(0);
  });
});
