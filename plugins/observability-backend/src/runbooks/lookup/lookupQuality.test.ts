import { existsSync } from 'node:fs';
import path from 'node:path';
import { kubernetesQueries, queries } from './__fixtures__/queries';
import { readRunbooks } from './__fixtures__/readRunbook';
import { runbooks } from './__fixtures__/runbooks';
import { RunbookLookup } from './RunbookLookup';

const repository = path.resolve(__dirname, '../../../../..');
const own = [
  ...runbooks,
  ...readRunbooks(path.join(repository, 'examples/runbooks')),
];
/** Runbooks that others wrote, collected outside this repository and read where they are at hand. */
const corpusFolder = path.resolve(
  repository,
  '../shared/reference/corpora/runbooks-prometheus-operator',
);
const corpus = existsSync(corpusFolder) ? readRunbooks(corpusFolder) : [];

const WANTED_IN_TOP_THREE = 0.95;
const WANTED_FIRST = 0.75;

const libraries = [
  { name: 'our runbooks', documents: own, asked: queries },
  ...(corpus.length === 0
    ? []
    : [
        {
          name: 'our runbooks among those of a cluster',
          documents: [...own, ...corpus],
          asked: queries,
        },
        {
          name: 'those of a cluster among ours',
          documents: [...own, ...corpus],
          asked: kubernetesQueries,
        },
      ]),
];

describe('what people type at night', () => {
  it.each(libraries)(
    'finds $name among the first three 19 times of 20',
    ({ documents, asked }) => {
      const lookup = new RunbookLookup();
      for (const document of documents) {
        lookup.put(document);
      }
      const ids = new Set(documents.map(({ id }) => id));

      const answers = asked.map(([text, ...wanted]) => {
        const found = lookup.find({ text, limit: 3 }).map(({ id }) => id);
        return {
          text,
          wanted,
          found,
          isFirst: wanted.includes(found[0]),
          isInTopThree: found.some(id => wanted.includes(id)),
        };
      });
      const misses = answers
        .filter(({ isInTopThree }) => !isInTopThree)
        .map(({ text, found }) => `${text}: ${found.join(', ')}`);
      const notFirst = answers
        .filter(({ isFirst }) => !isFirst)
        .map(({ text, found }) => `${text}: ${found.join(', ')}`);

      expect(
        asked.filter(([, ...wanted]) => !wanted.some(id => ids.has(id))),
      ).toEqual([]);
      // Named where there are more of them than is wanted.
      expect(
        misses.length > (1 - WANTED_IN_TOP_THREE) * asked.length ? misses : [],
      ).toEqual([]);
      expect(
        notFirst.length > (1 - WANTED_FIRST) * asked.length ? notFirst : [],
      ).toEqual([]);
    },
  );
});
