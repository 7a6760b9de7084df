import type { ListItem, Paragraph } from 'mdast';
import { lineOf, MarkdownText, plainTextOf } from './MarkdownText';
import { readStepLines } from './stepLines';

const MAX_LENGTH = 140;
/** "New deployment?" says too little; the sentence after it then belongs to the title. */
const MIN_LENGTH = 24;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The first sentence of a step, as plain text; the first line of its code where it has no sentence. */
export function titleOfStep(markdown: MarkdownText, item: ListItem): string {
  const first = item.children[0];
  if (first.type === 'code') {
    return shorten(first.value.split('\n').find(line => line.trim()) ?? '');
  }
  if (first.type !== 'paragraph') {
    return firstSentences(plainTextOf(first));
  }
  const [lead, next] = first.children;
  const isHeading =
    lead.type === 'strong' &&
    (!next ||
      (next.type === 'text' && /^\s*(?:[.:–—-]|\n)/.test(next.value)) ||
      next.type === 'break' ||
      /[.:!?]$/.test(plainTextOf(lead)));
  return isHeading
    ? withoutEnd(shorten(plainTextOf(lead)))
    : firstSentences(actionOf(markdown, first));
}

function actionOf(markdown: MarkdownText, paragraph: Paragraph): string {
  const source = markdown.slice(markdown.rangeOf(paragraph));
  const { actionLineCount, expected, otherwise } = readStepLines(source);
  if ((expected ?? otherwise) === undefined || actionLineCount === 0) {
    return plainTextOf(paragraph);
  }
  const end = lineOf(paragraph) + actionLineCount;
  return plainTextOf(
    MarkdownText.parse(
      source
        .split('\n')
        .slice(0, end - lineOf(paragraph))
        .join('\n'),
    ).root,
  );
}

function firstSentences(text: string): string {
  let title = '';
  for (const { segment } of sentences.segment(text)) {
    title += segment;
    if (title.trim().length >= MIN_LENGTH) {
      break;
    }
  }
  return withoutEnd(shorten(title.trim()));
}

function withoutEnd(title: string): string {
  return title.replace(/\s*[.:]$/, '');
}

function shorten(text: string): string {
  const line = text.trim();
  if (line.length <= MAX_LENGTH) {
    return line;
  }
  const cut = line.slice(0, MAX_LENGTH);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > MAX_LENGTH / 2 ? space : MAX_LENGTH - 1)}…`;
}
