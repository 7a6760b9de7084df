import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ParsedRunbook } from './ParsedRunbook';
import { parseRunbook } from './parseRunbook';

const repositoryRoot = path.resolve(__dirname, '../../../../..');
const corpus = path.resolve(
  repositoryRoot,
  '../shared/reference/corpora/runbooks-prometheus-operator',
);

function filesUnder(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.md'))
        .sort()
        .map(name => path.join(folder, name))
    : [];
}

/** Words of the text, without front matter and without the names of tags and shortcodes. */
function wordsOf(text: string): string[] {
  return (
    text
      .replace(/^---\n[^]*?\n---\n/, '')
      .replace(/<\/?(?:details|summary)>/g, ' ')
      // The page numbers the steps itself.
      .replace(/^\s*\d+[.)]\s/gm, ' ')
      .replace(/\{\{[<%]\s*\/?\w+/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** All that a page draws: titles, sections and steps. */
function drawn({ sections, steps }: ParsedRunbook): string {
  return [
    ...sections.map(({ title, markdown }) => `${title}\n${markdown}`),
    ...steps.map(({ markdown }) => markdown),
  ].join('\n');
}

const examples = filesUnder(path.join(repositoryRoot, 'examples/runbooks'));

describe('nothing of a runbook is lost', () => {
  it.each(
    [...examples, ...filesUnder(corpus)].map(file =>
      path.relative(repositoryRoot, file),
    ),
  )('%s', file => {
    const text = readFileSync(path.join(repositoryRoot, file), 'utf8');
    const runbook = parseRunbook({ text, url: file });
    const ordered = (words: string[]) => [...new Set(words)].sort();
    const words = ordered(wordsOf(text));
    const shown = new Set(wordsOf(drawn(runbook)));
    expect(words.filter(word => !shown.has(word))).toEqual([]);
    const whole = new Set(wordsOf(runbook.markdown));
    expect(words.filter(word => !whole.has(word))).toEqual([]);
    expect(runbook.problems).toEqual([]);
  });

  it('has the runbooks of the demo to look at', () => {
    expect(examples.length).toBeGreaterThan(2);
  });
});
