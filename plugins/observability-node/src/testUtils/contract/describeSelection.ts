import type { Provider } from '../../Provider';
import { deepFreeze, throughJson, withoutAnnotations } from './ContractBench';
import type { ContractVendor, ProviderContractOptions } from './types';

const ODD_VALUES = [
  '',
  ' , ,',
  '../../etc/passwd',
  '{"a":',
  'a=b,c=d+e;f',
  'https://[',
  'é\u0000\u202e😀',
  'x'.repeat(10_000),
];

/** The tests of everything that asks the vendor nothing. */
export function describeSelection<TVendor extends ContractVendor>(
  options: ProviderContractOptions<TVendor>,
  createProvider: () => Provider,
): void {
  const entity = deepFreeze(options.entity);

  it('says who it is', () => {
    const { provider, title, instance, kinds, annotations } = createProvider();
    for (const name of [provider, title, instance, ...annotations]) {
      expect(name).toMatch(/\S/);
    }
    expect(kinds).not.toEqual([]);
    expect(annotations).not.toEqual([]);
  });

  it('selects the targets of an entity, always the same', () => {
    const provider = createProvider();
    const selection = provider.select(entity);
    expect(selection.misconfigurations).toEqual([]);
    expect(selection.targets).not.toEqual([]);
    expect(provider.select(entity)).toEqual(selection);
    expect(createProvider().select(entity)).toEqual(selection);

    const keys = selection.targets.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
    for (const { key, kinds, details } of selection.targets) {
      expect(key).toMatch(/\S/);
      expect(kinds).not.toEqual([]);
      expect(provider.kinds).toEqual(expect.arrayContaining(kinds));
      if (details) expect(throughJson(details)).toEqual(details);
    }
    if (options.otherEntity) {
      const others = provider.select(deepFreeze(options.otherEntity)).targets;
      expect(others).not.toEqual([]);
      expect(keys).not.toEqual(others.map(({ key }) => key));
    }
  });

  it('selects nothing where its annotations are missing', () => {
    expect(createProvider().select(withoutAnnotations(entity))).toEqual({
      targets: [],
      misconfigurations: [],
    });
  });

  it('says in words what it cannot read in an annotation, and never throws', () => {
    const provider = createProvider();
    for (const annotation of provider.annotations) {
      for (const value of ODD_VALUES) {
        const { targets, misconfigurations } = provider.select({
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: {
              ...entity.metadata.annotations,
              [annotation]: value,
            },
          },
        });
        for (const { key } of targets) expect(key).toMatch(/\S/);
        for (const told of misconfigurations) {
          expect(provider.annotations).toContain(told.annotation);
          expect(told.message).toMatch(/^.{10,500}$/s);
        }
      }
    }
  });

  it('lets in no webhook that it did not verify, and reads any', () => {
    const { webhook } = createProvider();
    const headers = { 'content-type': 'application/json' };
    for (const body of ['', '{}', '[1]', 'not JSON', '\u0000']) {
      const rawBody = Buffer.from(body);
      expect(webhook?.verify({ headers, rawBody }) ?? false).toBe(false);
    }
    for (const body of [undefined, null, 5, 'x', [], {}, { data: { a: [] } }]) {
      const targets = webhook?.targetsOf(body) ?? 'none';
      expect(['all', 'none', 'object']).toContain(
        typeof targets === 'object' ? 'object' : targets,
      );
    }
  });
}
