/** How much of each a text may have; a runbook that people can follow stays far below. */
const MAX_CONTAINERS_OF_LINE = 40;
const MAX_LIST_INDENT = 100;
const MAX_LINES = 10_000;
const MAX_CONTAINER_LINES = 2000;
const MAX_EMPHASIS_OF_BLOCK = 1000;
const MAX_MARKS_OF_BLOCK = 6000;

const CONTAINERS = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)+/;

/**
 * Whether a text has so many lines or marks, or is nested so deeply, that the time to
 * parse it grows with the square of its length: a few hundred kilobytes of that
 * would hold up everybody else for minutes.
 */
export function isTooIntricate(text: string): boolean {
  let containerLines = 0;
  let emphasis = 0;
  let marks = 0;
  const lines = text.split('\n');
  if (lines.length > MAX_LINES) {
    return true;
  }
  for (const line of lines) {
    const containers = CONTAINERS.exec(line)?.[0] ?? '';
    if (containers) {
      containerLines++;
    }
    const depth = containers.replace(/[^>\-*+.)]/g, '').length;
    const indent = containers.length - containers.trimStart().length;
    const isThematicBreak = /^[ \t]*([-*])(?:[ \t]*\1)+[ \t]*$/.test(line);
    if (
      containerLines > MAX_CONTAINER_LINES ||
      (depth > MAX_CONTAINERS_OF_LINE && !isThematicBreak) ||
      indent > MAX_LIST_INDENT
    ) {
      return true;
    }
    if (line.trim()) {
      emphasis += countOf(line, /[*_~]/g);
      marks += countOf(line, /[`[\]<|@:]/g);
    } else {
      emphasis = 0;
      marks = 0;
    }
    if (emphasis > MAX_EMPHASIS_OF_BLOCK || marks > MAX_MARKS_OF_BLOCK) {
      return true;
    }
  }
  return false;
}

function countOf(line: string, marks: RegExp): number {
  return line.match(marks)?.length ?? 0;
}
