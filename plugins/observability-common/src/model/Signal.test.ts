import fc from 'fast-check';
import { SignalIdentity, signalId, signalKindSchema } from './Signal';

describe('signalId', () => {
  it('is readable where it can be', () => {
    expect(
      signalId({
        kind: 'errors',
        provider: 'sentry',
        instance: 'default',
        target: 'acme/crm-api@production',
      }),
    ).toBe('errors:sentry:default:acme/crm-api@production');
  });

  it('is never the same for two signals', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A') });
    const identity: fc.Arbitrary<SignalIdentity> = fc.record({
      kind: fc.constantFrom(...signalKindSchema.options),
      provider: part,
      instance: part,
      target: part,
    });
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        expect(signalId(a) === signalId(b)).toBe(
          JSON.stringify(a) === JSON.stringify(b),
        );
      }),
      { seed: 20261122, numRuns: 2000 },
    );
    expect(
      signalId({ kind: 'errors', provider: 'a:b', instance: 'c', target: '' }),
    ).not.toBe(
      signalId({ kind: 'errors', provider: 'a', instance: 'b:c', target: '' }),
    );
  });
});
