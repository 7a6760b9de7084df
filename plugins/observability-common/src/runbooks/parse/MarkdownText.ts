import type { Definition, Node, Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const processor = unified().use(remarkParse).use(remarkGfm).freeze();

/** A range of characters. */
export interface Range {
  start: number;
  end: number;
}

/** A text and its tree, and what of the text belongs to which part of the tree. */
export class MarkdownText {
  readonly #definitions = new Map<string, Definition>();

  static parse(text: string): MarkdownText {
    return new MarkdownText(text, processor.parse(text));
  }

  private constructor(readonly text: string, readonly root: Root) {
    for (const node of walk(root)) {
      // The first of a name counts, as everywhere in Markdown.
      if (
        node.type === 'definition' &&
        !this.#definitions.has(node.identifier)
      ) {
        this.#definitions.set(node.identifier, node);
      }
    }
  }

  rangeOf(node: Node): Range {
    return {
      start: node.position?.start.offset ?? 0,
      end: node.position?.end.offset ?? 0,
    };
  }

  slice(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  definitionOf(identifier: string): Definition | undefined {
    return this.#definitions.get(identifier);
  }

  /** The definitions that links of these nodes go by and that stand elsewhere, as Markdown to append. */
  definitionsFor(nodes: readonly Nodes[], within: Range): string {
    const lines = new Set<string>();
    for (const node of nodes.flatMap(parent => [...walk(parent)])) {
      if (node.type === 'linkReference' || node.type === 'imageReference') {
        const definition = this.#definitions.get(node.identifier);
        const range = definition && this.rangeOf(definition);
        if (range && (range.start < within.start || range.end > within.end)) {
          lines.add(this.slice(range).trim());
        }
      }
    }
    return lines.size > 0 ? `\n\n${[...lines].join('\n')}` : '';
  }
}

/** A node and all that is in it, in the order of the text. */
export function* walk(root: Nodes): Generator<Nodes> {
  // A list of one's own instead of recursion: text from outside may be nested deeply.
  const ahead: Nodes[] = [root];
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    yield node;
    if ('children' in node) {
      for (let index = node.children.length - 1; index >= 0; index--) {
        ahead.push(node.children[index]);
      }
    }
  }
}

/** The plain text of nodes on one line. */
export function plainTextOf(nodes: Nodes | readonly Nodes[]): string {
  const list: readonly Nodes[] = Array.isArray(nodes)
    ? nodes
    : [nodes as Nodes];
  return list
    .map(node => toString(node))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The line that a node begins at, from 1. */
export function lineOf(node: Node): number {
  return node.position?.start.line ?? 1;
}
