import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { testEntity } from '../__testUtils__/TestWorld';
import { indexEntity } from './IndexedEntity';

describe('indexEntity', () => {
  const providers = [
    new ScriptedProvider({ instance: 'eu' }),
    new ScriptedProvider({ instance: 'us' }),
  ];

  it('tells a fault of an annotation once, however many instances find it', () => {
    const entity = testEntity('component:default/web', {
      ids: 'bad-id, good',
      annotations: { 'watchkeeper.io/thresholds': '{"errors.cuont": {}}' },
    });
    const { indexed, failure } = indexEntity(entity, providers);
    expect(failure).toBeUndefined();
    expect(indexed.misconfigurations).toEqual([
      {
        annotation: 'watchkeeper.io/thresholds',
        message: expect.stringContaining('"errors.cuont" is not a metric'),
      },
      { annotation: 'fake.test/ids', message: '"bad-id" is no id' },
    ]);
    expect(indexed.targets).toEqual([
      { provider: 'fake', instance: 'eu', key: 'good', kinds: ['errors'] },
      { provider: 'fake', instance: 'us', key: 'good', kinds: ['errors'] },
    ]);
  });

  it('sees a change in what is kept, and in nothing else', () => {
    const hashOf = (entity: ReturnType<typeof testEntity>) =>
      indexEntity(entity, providers).indexed.hash;
    const before = hashOf(testEntity('component:default/web', { ids: 'one' }));

    expect(
      hashOf(
        testEntity('component:default/web', {
          ids: ' one ,',
          annotations: { 'other.io/thing': 'edited' },
          relations: [['apiProvidedBy', 'component:default/api']],
        }),
      ),
    ).toBe(before);
    for (const changed of [
      { ids: 'two' },
      { ids: 'one', title: 'Web' },
      { ids: 'one', tags: ['react'] },
      { ids: 'one', annotations: { 'watchkeeper.io/thresholds': '[]' } },
      {
        ids: 'one',
        relations: [['ownedBy', 'group:default/crm']] as [string, string][],
      },
    ]) {
      expect(hashOf(testEntity('component:default/web', changed))).not.toBe(
        before,
      );
    }
  });
});
