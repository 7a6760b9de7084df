import type { List, ListItem, RootContent } from 'mdast';
import { isTaskList, OutlineSection } from './outline';
import { plainTextOf, walk } from './MarkdownText';

/** One item of a list that is a step. */
export interface StepItem {
  item: ListItem;
  /** What follows the item without belonging to it in Markdown, but does in the eyes of a reader. */
  following: RootContent[];
  section: OutlineSection;
  /** The number that the item has in its text, and the index of the step that number 1 is. */
  firstIndex: number;
}

/**
 * Finds the steps of a runbook:
 *
 * 1. In each section that is called "Steps" or the like, the items of its
 *    ordered and task lists. Where it has none of these, the items of its other
 *    lists, unless they are nothing but links.
 * 2. Without such a section, or with nothing in any, the items of all ordered
 *    and task lists of the text.
 *
 * Only lists at the top level count: one that is in an item belongs to its step.
 */
export function findSteps(outline: readonly OutlineSection[]): StepItem[] {
  const steps = outline
    .filter(({ isSteps }) => isSteps)
    .flatMap(section => {
      const listed = itemsOf(section, isOrderedOrTasks);
      return listed.length > 0
        ? listed
        : itemsOf(section, list => !isLinkList(list));
    });
  return number(
    steps.length > 0
      ? steps
      : outline.flatMap(section => itemsOf(section, isOrderedOrTasks)),
  );
}

type FoundItem = Omit<StepItem, 'firstIndex'> & { ordinal: number };

function itemsOf(
  section: OutlineSection,
  isWanted: (list: List) => boolean,
): FoundItem[] {
  const found: FoundItem[] = [];
  let ordinal = 0;
  let between: RootContent[] = [];
  let isListed = false;
  for (const node of section.nodes) {
    if (node.type === 'list' && isWanted(node)) {
      const continues = isListed && node.ordered && node.start === ordinal + 1;
      const last = found.at(-1);
      // Code that is not indented ends a list; the next number takes it up again.
      if (continues && last) {
        last.following.push(...between);
      } else {
        ordinal = (node.start ?? 1) - 1;
      }
      for (const item of node.children) {
        ordinal++;
        if (item.children.length > 0) {
          found.push({ item, following: [], section, ordinal });
        }
      }
      isListed = node.ordered ?? false;
      between = [];
    } else {
      between.push(node);
    }
  }
  const last = found.at(-1);
  if (last && between[0]?.type === 'code' && announcesCode(last.item)) {
    last.following.push(between[0]);
  }
  return found;
}

function number(items: readonly FoundItem[]): StepItem[] {
  return items.map(({ ordinal, ...item }, index) => ({
    ...item,
    firstIndex: index - ordinal + 1,
  }));
}

function isOrderedOrTasks(list: List): boolean {
  return list.ordered === true || isTaskList(list);
}

function isLinkList(list: List): boolean {
  return list.children.every(item => {
    const nodes = [...walk(item)];
    const links = nodes.filter(({ type }) => /^link/.test(type));
    return links.length > 0 && plainTextOf(links) === plainTextOf(item);
  });
}

function announcesCode(item: ListItem): boolean {
  return plainTextOf(item).endsWith(':');
}
