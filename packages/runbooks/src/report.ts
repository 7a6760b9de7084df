import { LintedFile } from './lintFiles';

/** How problems can be written. */
export const FORMATS = ['text', 'json', 'github'] as const;

/** Writes what was found. */
export function report(
  files: readonly LintedFile[],
  format: (typeof FORMATS)[number],
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ files }, null, 2)}\n`;
    case 'github':
      return linesOf(files, annotation).join('');
    default:
      return `${linesOf(files, textLine).join('')}${summary(files)}\n`;
  }
}

type Problem = LintedFile['problems'][number];

function linesOf(
  files: readonly LintedFile[],
  write: (file: string, problem: Problem) => string,
): string[] {
  return files.flatMap(({ file, problems }) =>
    problems.map(problem => `${write(file, problem)}\n`),
  );
}

/** What editors and terminals make a link of: what is about the whole file is about its first line. */
function textLine(file: string, problem: Problem): string {
  const { line = 1, column = 1, severity, code, message } = problem;
  return `${oneLine(file)}:${line}:${column} ${severity} ${code} ${oneLine(
    message,
  )}`;
}

/** A command of a workflow of GitHub: it shows the problem beside the line. */
function annotation(file: string, problem: Problem): string {
  const { line = 1, column = 1, severity, code, message } = problem;
  return `::${severity} file=${property(
    file,
  )},line=${line},col=${column},title=${property(code)}::${data(message)}`;
}

function data(text: string): string {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Nothing in a file may move the cursor of a terminal. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

function summary(files: readonly LintedFile[]): string {
  const problems = files.flatMap(file => file.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [
    count(files.length, 'runbook'),
    count(errors, 'error'),
    count(problems.length - errors, 'warning'),
  ].join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
