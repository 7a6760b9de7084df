import type { Heading, List, RootContent } from 'mdast';
import { MarkdownText, plainTextOf } from './MarkdownText';

/** What stands under one heading, without its subsections. */
export interface OutlineSection {
  heading?: Heading;
  title?: string;
  nodes: RootContent[];
  /** Whether it, or a section that it belongs to, is called "Steps" or the like. */
  isSteps: boolean;
}

const STEP_WORDS = [
  'steps?',
  'procedures?',
  'runbook',
  'playbook',
  'diagnos(?:is|e|tics?)',
  'investigat(?:ion|e)',
  'triage',
  'troubleshooting',
  'mitigat(?:ion|ions|e)',
  'resolutions?',
  'resolve',
  'remediations?',
  'remediate',
  'recover(?:y)?',
  'roll ?back',
  'restore',
  'fix(?:es)?',
  'actions?',
  'what to do',
  'response',
  'étapes?',
  'procédures?',
  'marche à suivre',
  'mode opératoire',
  'diagnostic',
  'dépannage',
  'atténuation',
  'résolution',
  'remédiation',
  'correctifs?',
  'rétablissement',
  'que faire',
];
const STEPS_HEADING = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${STEP_WORDS.join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);
/** Longer headings are sentences that happen to hold one of the words. */
const MAX_HEADING_WORDS = 5;

/** Parts a text by its headings. */
export function outlineOf(markdown: MarkdownText): OutlineSection[] {
  const sections: OutlineSection[] = [{ nodes: [], isSteps: false }];
  const above: OutlineSection[] = [];
  for (const node of markdown.root.children) {
    if (node.type === 'heading') {
      while ((above.at(-1)?.heading?.depth ?? 0) >= node.depth) {
        above.pop();
      }
      const title = plainTextOf(node);
      const section: OutlineSection = {
        heading: node,
        title,
        nodes: [],
        isSteps: (above.at(-1)?.isSteps ?? false) || isStepsTitle(node, title),
      };
      above.push(section);
      sections.push(section);
    } else {
      sections[sections.length - 1].nodes.push(node);
    }
  }
  return sections;
}

/** The title of a whole text says what it is about, not that its lists are steps. */
function isStepsTitle(heading: Heading, title: string): boolean {
  return (
    heading.depth > 1 &&
    title.split(' ').length <= MAX_HEADING_WORDS &&
    STEPS_HEADING.test(title.normalize('NFC'))
  );
}

/** Whether a list has boxes to tick. */
export function isTaskList(list: List): boolean {
  return list.children.some(({ checked }) => typeof checked === 'boolean');
}
