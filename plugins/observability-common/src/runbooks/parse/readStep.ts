import type {
  InlineCode,
  ListItem,
  Nodes,
  Paragraph,
  RootContent,
} from 'mdast';
import { RunbookStep } from '../../model';
import { StepItem } from './findSteps';
import { isCommandLanguage, isInlineCommand } from './isCommand';
import { lineOf, MarkdownText, walk } from './MarkdownText';
import { RawCommand } from './ParsedRunbook';
import { readStepLines, stepNumberIn } from './stepLines';
import { titleOfStep } from './titleOfStep';

/** A step before it is known which words in its commands are variables. */
export type RawStep = Omit<RunbookStep, 'commands'> & {
  commands: RawCommand[];
};

class StepReader {
  readonly commands: RawCommand[] = [];
  expected: string | undefined;
  otherwise: string | undefined;

  constructor(private readonly markdown: MarkdownText) {}

  readBlocks(nodes: readonly RootContent[]): void {
    let isAnswerNext = false;
    for (const node of nodes) {
      if (isAnswerNext) {
        // "Expected:" on its own; the code or list after it is what one should see.
        this.#expect(
          dedent(
            this.markdown.slice(this.markdown.rangeOf(node)),
            columnOf(node),
          ),
        );
        isAnswerNext = false;
      } else {
        isAnswerNext = this.#readBlock(node);
      }
    }
  }

  /** Returns whether the next block is what one should see. */
  #readBlock(node: RootContent): boolean {
    if (node.type === 'paragraph') {
      return this.#readParagraph(node);
    }
    if (node.type === 'code') {
      if (isCommandLanguage(node.lang ?? undefined)) {
        this.commands.push({
          ...(node.lang ? { language: node.lang } : {}),
          text: node.value,
          // The line after the fence; indented code has none.
          line: lineOf(node) + (this.#isFenced(node) ? 1 : 0),
        });
      }
    } else if (node.type === 'list') {
      node.children.forEach(item => this.readBlocks(item.children));
    } else if (node.type === 'blockquote') {
      this.readBlocks(node.children);
    } else {
      this.#readInline(node);
    }
    return false;
  }

  #readParagraph(paragraph: Paragraph): boolean {
    const text = this.markdown.slice(this.markdown.rangeOf(paragraph));
    const lines = readStepLines(text);
    this.#readInline(paragraph, lineOf(paragraph) + lines.actionLineCount);
    if (lines.otherwise) {
      this.otherwise ??= lines.otherwise;
    }
    if (lines.expected) {
      this.#expect(lines.expected);
    }
    return lines.expected === '' && !lines.otherwise;
  }

  #readInline(parent: Nodes, beforeLine = Infinity): void {
    const codes = [...walk(parent)].filter(
      (node): node is InlineCode => node.type === 'inlineCode',
    );
    for (const node of codes) {
      if (lineOf(node) < beforeLine && isInlineCommand(node.value)) {
        this.commands.push({ text: node.value, line: lineOf(node) });
      }
    }
  }

  #expect(text: string): void {
    this.expected = this.expected ? `${this.expected}\n\n${text}` : text;
  }

  #isFenced(node: Nodes): boolean {
    return /^[`~]{3}/.test(this.markdown.slice(this.markdown.rangeOf(node)));
  }
}

/** Reads one step. */
export function readStep(
  markdown: MarkdownText,
  found: StepItem,
  index: number,
  stepCount: number,
): RawStep {
  const { item, following, section, firstIndex } = found;
  const reader = new StepReader(markdown);
  reader.readBlocks([...item.children, ...following]);
  const { commands, expected, otherwise } = reader;
  const number = stepNumberIn(otherwise ?? '');
  const next = number === undefined ? -1 : firstIndex + number - 1;
  return {
    index,
    title: titleOfStep(markdown, item) || `Step ${index + 1}`,
    markdown: markdownOfStep(markdown, item, following),
    commands,
    ...(expected ? { expected } : {}),
    ...(otherwise ? { otherwise } : {}),
    ...(next >= 0 && next < stepCount ? { otherwiseStep: next } : {}),
    ...(section.title ? { section: section.title } : {}),
    line: lineOf(item),
  };
}

/** All of an item as Markdown of its own: without the mark of the list and its indentation. */
function markdownOfStep(
  markdown: MarkdownText,
  item: ListItem,
  following: readonly RootContent[],
): string {
  const { end } = markdown.rangeOf(item);
  const first = item.children[0];
  const start = markdown.rangeOf(first).start;
  const own = dedent(
    markdown.slice({ start, end }),
    contentColumnOf(markdown, item),
  );
  const rest = following.map(node => markdown.slice(markdown.rangeOf(node)));
  const range = {
    start,
    end: Math.max(end, ...following.map(node => markdown.rangeOf(node).end)),
  };
  return (
    [own, ...rest].join('\n\n').trimEnd() +
    markdown.definitionsFor([item, ...following], range)
  );
}

/** How many columns the lines of an item are indented by. */
function contentColumnOf(markdown: MarkdownText, item: ListItem): number {
  const mark = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(
    markdown.slice(markdown.rangeOf(item)),
  );
  return columnOf(item) + (mark?.[0].length ?? 2);
}

function columnOf(node: Nodes): number {
  return (node.position?.start.column ?? 1) - 1;
}

/** Takes up to so many columns of white space from all lines but the first. */
function dedent(text: string, columns: number): string {
  const indent = new RegExp(`^ {0,${columns}}`);
  return text
    .split('\n')
    .map((line, index) =>
      index === 0
        ? line
        : line
            .replace(/^[ \t]+/, space => space.replace(/\t/g, '    '))
            .replace(indent, ''),
    )
    .join('\n');
}
