import { HandoffSection } from '../model/OnCallHandoff';

/** The words of a draft that do not come from the portal's data.
 * @public */
export interface HandoffWords {
  /** Of a section, by its id; else its own title. */
  sections: Readonly<Record<string, string>>;
  /** Where a section has nothing to tell. */
  nothing: string;
  /** How many are left out. */
  more(count: number): string;
  /** The headings of what people add themselves. */
  own: readonly string[];
}

const ENGLISH: HandoffWords = {
  sections: {},
  nothing: 'Nothing.',
  more: count => `and ${count} more`,
  own: ['What I did, and what is still going on', 'What should get better'],
};

/**
 * Writes a handoff note, in Markdown, from facts.
 *
 * @public
 */
export function writeHandoffDraft(
  sections: readonly HandoffSection[],
  words: HandoffWords = ENGLISH,
): string {
  const written = sections.map(section => {
    const heading = words.sections[section.id] ?? section.title;
    const left = section.count - section.items.length;
    const lines = section.items.map(({ text, url }) =>
      url
        ? `- [${escapeMarkdown(text)}](<${escapeUrl(url)}>)`
        : `- ${escapeMarkdown(text)}`,
    );
    return [
      `## ${heading}`,
      '',
      ...(lines.length > 0 ? lines : [words.nothing]),
      ...(left > 0 ? [`- ${words.more(left)}`] : []),
    ].join('\n');
  });
  const own = words.own.map(heading => `## ${heading}`);
  return `${[...written, ...own].join('\n\n')}\n`;
}

/** What comes from vendors and people is text, whatever it looks like. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~!&]/g, character => `\\${character}`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+]/, character => `\\${character}`);
}

function escapeUrl(url: string): string {
  return url.replace(/[<>\\\s]/g, encodeURIComponent);
}
