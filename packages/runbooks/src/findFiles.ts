import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';

/** What is looked for in a folder. */
const MARKDOWN = '**/*.{md,mdx,markdown}';

/** The files that paths and globs name, each once and in the order of their names. */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(findAt));
  return [...new Set(found.flat().map(file => path.normalize(file)))].sort();
}

async function findAt(name: string): Promise<string[]> {
  const stats = await stat(name).catch(() => undefined);
  if (stats?.isFile()) {
    return [name];
  }
  const options = stats
    ? { patterns: [MARKDOWN], cwd: name }
    : { patterns: [name.replaceAll('\\', '/')], cwd: '.' };
  const files = await glob({
    ...options,
    ignore: ['**/node_modules/**'],
    onlyFiles: true,
  });
  return files.map(file => path.join(options.cwd, file));
}
