import type { Nodes } from 'mdast';
import { MarkdownText, walk } from './MarkdownText';
import { RunbookLink } from './ParsedRunbook';

/** All links and images of a text, in its order. */
export function readLinks(markdown: MarkdownText): RunbookLink[] {
  return [...walk(markdown.root)].flatMap(node => {
    const url = urlOf(markdown, node);
    return url === undefined
      ? []
      : [
          {
            url,
            kind: kindOf(url),
            isImage: node.type === 'image' || node.type === 'imageReference',
            line: node.position?.start.line ?? 1,
            column: node.position?.start.column ?? 1,
          },
        ];
  });
}

function urlOf(markdown: MarkdownText, node: Nodes): string | undefined {
  switch (node.type) {
    case 'link':
    case 'image':
      return node.url;
    case 'linkReference':
    case 'imageReference':
      return markdown.definitionOf(node.identifier)?.url;
    default:
      return undefined;
  }
}

function kindOf(url: string): RunbookLink['kind'] {
  if (/^https?:\/\/./i.test(url)) {
    return 'http';
  }
  if (/^mailto:/i.test(url)) {
    return 'mailto';
  }
  if (url.startsWith('#') || url === '') {
    return 'anchor';
  }
  if (/^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('//')) {
    return 'other';
  }
  return url.startsWith('/') ? 'root' : 'relative';
}
