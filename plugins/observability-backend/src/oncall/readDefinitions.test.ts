import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { readYaml } from './readDefinitions';
import { readLocation } from './readLocation';

const root = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend',
  '../..',
);

describe('schedules that people can begin with', () => {
  it('are read as they stand in the example, whose place is relative to the configuration', async () => {
    const read = await readLocation(mockServices.urlReader.mock(), {
      location: 'file:./examples/on-call/crm.yaml',
      signal: new AbortController().signal,
    });
    const { schedules, problems } = readYaml(read?.text ?? '');
    expect(problems).toEqual([]);
    expect(schedules.map(({ name }) => name)).toEqual(['crm-primary']);
  });

  it('are read as they stand in the documentation', () => {
    const text = readFileSync(`${root}/docs/on-call.md`, 'utf8');
    const [, example] = /```yaml\n(name:[^`]*)```/.exec(text) ?? [];
    expect(readYaml(example)).toMatchObject({
      problems: [],
      schedules: [{ name: 'crm-primary' }],
    });
  });

  it('are refused where a few lines would stand for very many', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, next] of ['ab', 'bc', 'cd', 'de']) {
      lines.push(
        `${next}: &${next} [${new Array(10).fill(`*${one}`).join(', ')}]`,
      );
    }
    expect(() => readYaml(lines.join('\n'))).toThrow('alias');
    expect(() => readYaml('x'.repeat(1_000_001))).toThrow('is longer than');
  });
});
