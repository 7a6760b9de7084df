import { open } from 'node:fs/promises';
import { RunbookProblem } from '@watchkeeper/backstage-plugin-observability-common';
import {
  lintRunbook,
  MAX_RUNBOOK_BYTES,
  ParsedRunbook,
  parseRunbook,
  RUNBOOK_STALE_DAYS,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { findFiles } from './findFiles';
import { LinkChecker } from './LinkChecker';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A file with what was found in it. */
export interface LintedFile {
  /** As a path from where the command runs. */
  file: string;
  problems: RunbookProblem[];
}

/** What is checked, and how strictly. */
export interface LintFilesOptions {
  paths: readonly string[];
  now: Date;
  maxAgeDays?: number;
  checkLinks: boolean;
}

/** Checks all files that the paths name. */
export async function lintFiles(
  options: LintFilesOptions,
): Promise<LintedFile[]> {
  const checker = new LinkChecker({ checkHttp: options.checkLinks });
  const linted: LintedFile[] = [];
  for (const file of await findFiles(options.paths)) {
    const runbook = parseRunbook({ text: await readText(file), url: file });
    const dead = await checker.findDead(file, runbook.links);
    const problems = lintRunbook(runbook, {
      now: options.now,
      isDead: link => dead.has(link),
    });
    linted.push({ file, problems: withMaxAge(problems, runbook, options) });
  }
  return linted;
}

/** No more of a file than the parser takes, and a byte to tell that it is too large. */
async function readText(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(MAX_RUNBOOK_BYTES + 1),
      0,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** One's own limit takes the place of the two that are usual. */
function withMaxAge(
  problems: RunbookProblem[],
  runbook: ParsedRunbook,
  { now, maxAgeDays }: LintFilesOptions,
): RunbookProblem[] {
  if (maxAgeDays === undefined) {
    return problems;
  }
  const others = problems.filter(
    ({ code }) => code !== 'ageing' && code !== 'stale',
  );
  const tested = Date.parse(runbook.lastTested ?? '');
  const days = Math.floor((now.getTime() - tested) / DAY_MS);
  return days > maxAgeDays
    ? [
        {
          code: days < RUNBOOK_STALE_DAYS ? 'ageing' : 'stale',
          severity: 'error',
          message: `Last tested ${days} days ago, more than ${maxAgeDays}`,
        },
        ...others,
      ]
    : others;
}
