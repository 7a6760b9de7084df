import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod/v4';
import { LookupDocument } from '../LookupDocument';

const names = z.array(z.coerce.string()).default([]);
const frontMatterSchema = z
  .object({
    title: z.string().optional(),
    alerts: names,
    services: names,
    symptoms: names,
    tags: names,
    owner: z.string().optional(),
    lastTested: z.coerce.string().optional(),
  })
  .catch({ alerts: [], services: [], symptoms: [], tags: [] });

/** Reads all runbooks of a folder, each with the name of its file as its id. */
export function readRunbooks(folder: string): LookupDocument[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md') && !name.endsWith('_index.md'))
    .sort()
    .map(name =>
      readRunbook(name, readFileSync(path.join(folder, name), 'utf8')),
    );
}

/** The least that a runbook needs to be found; the product reads far more of it. */
function readRunbook(fileName: string, text: string): LookupDocument {
  const [, frontMatter = '', body = text] =
    /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(text) ?? [];
  const { services, ...fields } = frontMatterSchema.parse(
    parse(frontMatter) ?? {},
  );
  const headings = [...body.matchAll(/^#{1,6}\s+(.*)$/gm)].map(
    ([, heading]) => heading,
  );
  const id = path.basename(fileName, '.md');
  return {
    ...fields,
    id,
    fileName,
    title: fields.title ?? headings[0] ?? id,
    headings,
    body,
    entityRefs: services,
  };
}
