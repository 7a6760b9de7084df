import { RunbookSection } from '../../model';
import { StepItem } from './findSteps';
import { lineOf, MarkdownText, Range } from './MarkdownText';
import { OutlineSection } from './outline';

/** The text of each section without what became steps. Sections without title and text are left out. */
export function readSections(
  markdown: MarkdownText,
  outline: readonly OutlineSection[],
  steps: readonly StepItem[],
): RunbookSection[] {
  const sections = outline.map((section): RunbookSection => {
    const own = steps.flatMap((step, index) =>
      step.section === section ? [{ step, index }] : [],
    );
    const taken = own.flatMap(({ step }) =>
      [step.item, ...step.following].map(node => markdown.rangeOf(node)),
    );
    const { heading, title, nodes } = section;
    return {
      ...(title ? { title } : {}),
      depth: heading?.depth ?? 0,
      markdown: textWithout(markdown, section, taken),
      steps: own.map(({ index }) => index),
      line: lineOf(heading ?? nodes[0] ?? markdown.root),
    };
  });
  return sections.filter(
    section => section.title || section.markdown || section.steps.length > 0,
  );
}

function textWithout(
  markdown: MarkdownText,
  { nodes }: OutlineSection,
  taken: readonly Range[],
): string {
  if (nodes.length === 0) {
    return '';
  }
  const range = {
    start: markdown.rangeOf(nodes[0]).start,
    end: markdown.rangeOf(nodes[nodes.length - 1]).end,
  };
  const pieces: string[] = [];
  let { start } = range;
  for (const { start: from, end } of [...taken].sort(
    (a, b) => a.start - b.start,
  )) {
    pieces.push(markdown.slice({ start, end: from }));
    start = end;
  }
  pieces.push(markdown.slice({ start, end: range.end }));
  const text = pieces
    .map(piece => piece.replace(/^(?:[ \t]*\n)+|\s+$/g, ''))
    .filter(piece => piece.trim())
    .join('\n\n');
  return text ? text + markdown.definitionsFor(nodes, range) : '';
}
