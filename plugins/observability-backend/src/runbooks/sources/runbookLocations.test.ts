import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { testEntity } from '../../__testUtils__/TestWorld';
import { runbookLocationsOf } from './runbookLocations';
import { sourcesOf } from './RunbookSource';
import { ReadingBounds } from './SourceReading';

const web = 'component:default/web';
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));

describe('the places of runbooks', () => {
  it('are what annotations and links name, folders relative to where the entity is kept', () => {
    const entity = testEntity(web, {
      annotations: {
        'backstage.io/source-location':
          'url:https://github.com/acme/crm/tree/main/web/',
        'watchkeeper.io/runbooks':
          ' dir:./docs/runbooks , https://github.com/acme/ops/blob/main/crm/*.md,',
        'backstage.io/runbook-url': 'https://wiki.example/Site%20down',
      },
    });
    entity.metadata.links = [
      {
        url: 'https://wiki.example/slow',
        title: 'Slow answers',
        type: 'runbook',
      },
      { url: 'https://github.com/acme/ops/blob/main/a.md', title: 'Runbook' },
      { url: 'https://crm.example', title: 'The site' },
    ];
    const { locations, misconfigurations } = runbookLocationsOf(entity);
    expect(misconfigurations).toEqual([]);
    const sources = sourcesOf({
      locations: ['file:runbooks', 'https://wiki.example/slow'],
      entityLocations: locations.map(location => ({
        entityRef: web,
        ...location,
      })),
      integrations,
    });
    expect(
      sources.map(({ location, kind, title, entityRefs }) => [
        location,
        kind,
        title,
        entityRefs,
      ]),
    ).toEqual([
      ['file:runbooks', 'text', undefined, []],
      // The configuration says that there is text to read.
      ['https://wiki.example/slow', 'text', undefined, [web]],
      [
        'https://github.com/acme/crm/tree/main/web/docs/runbooks',
        'text',
        undefined,
        [web],
      ],
      [
        'https://github.com/acme/ops/blob/main/crm/*.md',
        'text',
        undefined,
        [web],
      ],
      ['https://wiki.example/Site%20down', 'page', undefined, [web]],
      ['https://github.com/acme/ops/blob/main/a.md', 'link', undefined, [web]],
    ]);
  });

  it('say what of them cannot be read, and never lead to files of this machine', () => {
    const { locations, misconfigurations } = runbookLocationsOf(
      testEntity(web, {
        annotations: {
          'backstage.io/source-location': 'file:/etc/',
          'backstage.io/managed-by-location': 'file:/srv/entities.yaml',
          'watchkeeper.io/runbooks': 'dir:./docs, file:/etc, runbooks',
          'backstage.io/runbook-url': 'ftp://files.example/a.md',
        },
      }),
    );
    expect(locations).toEqual([]);
    expect(misconfigurations).toEqual([
      {
        annotation: 'watchkeeper.io/runbooks',
        message:
          '"dir:./docs" needs an entity that is kept in a repository: its backstage.io/source-location is no URL',
      },
      ...['file:/etc', 'runbooks'].map(entry => ({
        annotation: 'watchkeeper.io/runbooks',
        message: `"${entry}" is neither a web address nor a folder as in "dir:./docs/runbooks"`,
      })),
      {
        annotation: 'backstage.io/runbook-url',
        message: expect.stringContaining('is neither a web address'),
      },
    ]);
  });

  it('are read up to 5,000 files and 64 MB', () => {
    const bounds = new ReadingBounds();
    const taken = Array.from({ length: 5001 }, (_, index) =>
      bounds.takes(`${index}.md`, 1000),
    );
    expect(taken.filter(Boolean)).toHaveLength(5000);
    expect(bounds.problems()).toEqual([
      'It holds more than 5000 files or 64 MB; the rest is not read',
    ]);
    const large = new ReadingBounds();
    expect(
      Array.from({ length: 70 }, (_, index) =>
        large.takes(`${index}.md`, 1_048_576),
      ).filter(Boolean),
    ).toHaveLength(64);
    expect(large.takes('_index.md', 1)).toBe(false);
    expect(large.takes('README.md', 1)).toBe(false);
  });
});
