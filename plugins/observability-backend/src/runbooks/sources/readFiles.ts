import { realpath, readFile, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import { isMarkdownFile } from './runbookLocations';
import { hashOf, isPattern, pathOf } from './RunbookSource';
import { ReadingBounds, SourceDocument, SourceReading } from './SourceReading';

const GLOB = { absolute: true, onlyFiles: true, followSymbolicLinks: false };

/** Reads a `file:` location: a file, a folder with all below it, or a pattern. `undefined` where nothing changed. */
export async function readFiles(options: {
  location: string;
  etag?: string;
  /** What the location is relative to. */
  folder: string;
}): Promise<SourceReading | undefined> {
  const { folder } = options;
  const path = resolve(folder, pathOf(options.location));
  const files = (await filesOf(path)).sort();
  const bounds = new ReadingBounds();
  const taken: { file: string; stamp: string }[] = [];
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    const isAlone = files.length === 1 && file === path;
    if (isAlone || bounds.takes(relative(path, file) || file, size)) {
      taken.push({ file, stamp: `${file} ${size} ${mtimeMs}` });
    }
  }
  const etag = hashOf(JSON.stringify(taken.map(({ stamp }) => stamp)));
  if (etag === options.etag) {
    return undefined;
  }
  const documents: SourceDocument[] = [];
  for (const { file } of taken) {
    documents.push({
      url: localUrl(folder, file),
      path: slashes(relative(folder, file)),
      text: await readFile(file, 'utf8'),
    });
  }
  return { documents, etag, problems: bounds.problems() };
}

/** Reads an image that a local runbook shows; only from the folder of the configuration. */
export async function readLocalFile(options: {
  folder: string;
  path: string;
  maximumBytes: number;
}): Promise<Buffer | undefined> {
  const folder = await realpath(options.folder);
  try {
    const file = await realpath(resolve(folder, options.path));
    const within = relative(folder, file);
    if (within.startsWith('..') || isAbsolute(within)) {
      return undefined;
    }
    const { size } = await stat(file);
    return size > options.maximumBytes ? undefined : await readFile(file);
  } catch {
    return undefined;
  }
}

async function filesOf(path: string): Promise<string[]> {
  if (isPattern(path)) {
    const files = await glob(slashes(path), GLOB);
    return files.filter(isMarkdownFile);
  }
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`cannot be read: ${error.code ?? 'unknown'}`);
  });
  if (found.isFile()) {
    return [path];
  }
  return glob('**/*.{md,mdx,markdown}', {
    ...GLOB,
    cwd: path,
    caseSensitiveMatch: false,
    ignore: [`${escapePath('node_modules')}/**`],
  });
}

function localUrl(folder: string, file: string): string {
  const path = relative(folder, file);
  // Where a folder on this machine is concerns nobody who reads runbooks.
  return `file:${
    path.startsWith('..')
      ? slashes(path).replace(/^(?:\.\.\/)+/, '')
      : slashes(path)
  }`;
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
