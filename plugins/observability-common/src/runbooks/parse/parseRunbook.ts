import type { Code, Nodes } from 'mdast';
import { RunbookProblem, RunbookStep } from '../../model';
import { createSplitCommand, variablesOf } from '../variables/splitCommand';
import { findSteps } from './findSteps';
import { splitFrontMatter } from './frontMatter';
import { isCommandLanguage, isInlineCommand } from './isCommand';
import { isTooIntricate } from './isTooIntricate';
import { readLinks } from './links';
import { lineOf, MarkdownText, plainTextOf, walk } from './MarkdownText';
import { alertsInNames, fileNameOf, titleOfFile } from './names';
import { normalizeMarkdown } from './normalizeMarkdown';
import { OutlineSection, outlineOf } from './outline';
import { ParsedRunbook, RawCommand, RunbookSource } from './ParsedRunbook';
import { readFields, RunbookFields } from './readFields';
import { RawStep, readStep } from './readStep';
import { readSections } from './sections';

/** A larger file is not read.
 * @public */
export const MAX_RUNBOOK_BYTES = 512 * 1024;

/**
 * Reads a runbook. Any text is one: what is missing is for the lint to say, and
 * what cannot be read is among the problems. Never throws.
 *
 * @public
 */
export function parseRunbook(source: RunbookSource): ParsedRunbook {
  const fileName = fileNameOf(source.url);
  if (new TextEncoder().encode(source.text).length > MAX_RUNBOOK_BYTES) {
    return unreadable(fileName, {
      code: 'too-large',
      severity: 'error',
      message: `The file is larger than ${
        MAX_RUNBOOK_BYTES / 1024
      } KB and is not read`,
    });
  }
  const text = source.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const file = splitFrontMatter(text);
  const body = normalizeMarkdown(file.body);
  if (isTooIntricate(body)) {
    return unreadable(fileName, {
      code: 'too-large',
      severity: 'error',
      message:
        'The text has too many lines or marks, or is nested too deeply, to be read',
    });
  }
  const fields = readFields(file.fields);
  return {
    ...read(MarkdownText.parse(body), fields, fileName),
    toDos: toDosIn(text),
    problems: [...file.problems, ...fields.problems],
  };
}

function read(
  markdown: MarkdownText,
  fields: RunbookFields,
  fileName: string,
): Omit<ParsedRunbook, 'toDos' | 'problems'> {
  const outline = outlineOf(markdown);
  const found = findSteps(outline);
  const rawSteps = found.map((item, index) =>
    readStep(markdown, item, index, found.length),
  );
  const split = createSplitCommand(
    new Set(fields.variables.map(({ name }) => name)),
    commandsOf(markdown),
  );
  const steps = rawSteps.map((step): RunbookStep => withParts(step, split));

  const headings = outline.flatMap(({ title }) => title || []);
  const title = fields.title ?? headings[0] ?? titleOfFile(fileName);
  const alerts =
    fields.alerts.length > 0
      ? fields.alerts
      : alertsInNames({
          fileName,
          heading: headings[0],
          headings: [title, ...headings],
        });
  const symptoms =
    fields.symptoms.length > 0 ? fields.symptoms : symptomsIn(outline);
  return {
    ...declared(fields),
    title,
    alerts,
    symptoms,
    markdown: markdown.text.replace(/^\s*\n/, '').trimEnd(),
    sections: readSections(markdown, outline, found),
    steps,
    variableNames: [
      ...new Set(
        steps.flatMap(({ commands }) =>
          commands.flatMap(({ parts }) => variablesOf(parts)),
        ),
      ),
    ],
    links: readLinks(markdown),
    searchText: {
      fileName,
      alerts,
      title,
      symptoms,
      tags: fields.tags,
      headings,
      body: plainTextOf(
        markdown.root.children.filter(({ type }) => type !== 'heading'),
      ),
    },
  };
}

function declared(fields: RunbookFields) {
  const { id, services, severity, owner, tags, lastTested, testedBy } = fields;
  return {
    ...(id ? { declaredId: id } : {}),
    services,
    ...(severity ? { severity } : {}),
    ...(owner ? { owner } : {}),
    tags,
    ...(lastTested ? { lastTested } : {}),
    ...(testedBy ? { testedBy } : {}),
    declaredVariables: fields.variables,
  };
}

function withParts(
  step: RawStep,
  split: ReturnType<typeof createSplitCommand>,
): RunbookStep {
  const commands = step.commands.map(command => {
    const parts = split(command);
    return { ...command, parts, unresolved: variablesOf(parts) };
  });
  return { ...step, commands };
}

/** Every command of the text, also outside of steps: one of them may assign what another uses. */
function commandsOf(markdown: MarkdownText): RawCommand[] {
  return [...walk(markdown.root)].flatMap((node): RawCommand[] => {
    if (node.type === 'inlineCode' && isInlineCommand(node.value)) {
      return [{ text: node.value, line: lineOf(node) }];
    }
    return isCommandBlock(node)
      ? [
          {
            language: node.lang ?? undefined,
            text: node.value,
            line: lineOf(node),
          },
        ]
      : [];
  });
}

function isCommandBlock(node: Nodes): node is Code {
  return node.type === 'code' && isCommandLanguage(node.lang ?? undefined);
}

function symptomsIn(outline: readonly OutlineSection[]): string[] {
  return outline
    .filter(({ title }) => /^sympt[oô]m(?:s|e|es)?$/i.test(title ?? ''))
    .flatMap(({ nodes }) =>
      nodes.flatMap(node =>
        node.type === 'list'
          ? node.children.map(plainTextOf)
          : plainTextOf(node),
      ),
    )
    .filter(Boolean)
    .slice(0, 100);
}

function toDosIn(text: string): ParsedRunbook['toDos'] {
  return text.split('\n').flatMap((content, index) => {
    const match = /(?<![\p{L}\p{N}_])(?:TODO|FIXME|TBD)(?![\p{L}\p{N}_])/u.exec(
      content,
    );
    return match
      ? [{ line: index + 1, column: match.index + 1, word: match[0] }]
      : [];
  });
}

function unreadable(fileName: string, problem: RunbookProblem): ParsedRunbook {
  const title = titleOfFile(fileName);
  const alerts = alertsInNames({ fileName, headings: [] });
  return {
    title,
    alerts,
    services: [],
    symptoms: [],
    tags: [],
    declaredVariables: [],
    markdown: '',
    sections: [],
    steps: [],
    variableNames: [],
    links: [],
    searchText: {
      fileName,
      alerts,
      title,
      symptoms: [],
      tags: [],
      headings: [],
      body: '',
    },
    toDos: [],
    problems: [problem],
  };
}
