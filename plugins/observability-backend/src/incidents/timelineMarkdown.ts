import {
  Incident,
  TimelineEntry,
} from '@watchkeeper/backstage-plugin-observability-common';

/** A timeline as a document, the first entry first. Times are UTC. */
export function timelineMarkdown(
  incident: Incident,
  entries: readonly TimelineEntry[],
): string {
  const lines = [
    `# INC-${incident.number}: ${escapeMarkdown(incident.title)}`,
    '',
    `${incident.severity}, ${incident.state}. Times are UTC.`,
    '',
  ];
  let day = '';
  for (const entry of entries) {
    const date = entry.at.slice(0, 10);
    if (date !== day) {
      lines.push(...(day ? [''] : []), `## ${date}`, '');
      day = date;
    }
    const late = entry.recordedAt.slice(0, 16) > entry.at.slice(0, 16);
    lines.push(
      `- **${entry.at.slice(11, 16)}** ${oneParagraph(entry.text)} _(${
        entry.kind
      }, ${entry.actor}${
        late
          ? `, written ${entry.recordedAt.slice(0, 16).replace('T', ' ')}`
          : ''
      }${entry.pinned ? ', pinned' : ''})_`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Further lines of an entry belong to its item. */
function oneParagraph(text: string): string {
  return text.replace(/\n/g, '\n  ');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&');
}
