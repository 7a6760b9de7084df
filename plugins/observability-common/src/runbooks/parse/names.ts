import { metricsOfAlert } from '../../metrics';

/** Files that are called after what they are in their folder, not after what they say. */
const FOLDER_FILES = /^(?:_?index|readme)$/i;

/** The name of the file that an address or path leads to, without its ending. */
export function fileNameOf(url: string): string {
  const parts = url
    .replace(/[?#].*$/, '')
    .split(/[\\/]/)
    .filter(Boolean)
    .map(decode);
  const name = (parts.at(-1) ?? '').replace(/\.(?:md|mdx|markdown|txt)$/i, '');
  return FOLDER_FILES.test(name) ? parts.at(-2) ?? name : name;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The name of a file as a title. */
export function titleOfFile(fileName: string): string {
  const words = fileName.replace(/[-_\s]+/g, ' ').trim();
  return words ? words[0].toLocaleUpperCase('en') + words.slice(1) : 'Runbook';
}

/** Two words or more written as one, as names of alerts are. */
const ALERT_SHAPE = /^[A-Za-z][a-z0-9]*(?:[A-Z]+[a-z0-9]*)+$/;

/**
 * The alerts that a runbook answers by its names, where it declares none: the
 * names of our metrics and alerts, and what is written as names of alerts are.
 */
export function alertsInNames(options: {
  fileName: string;
  /** The heading over the whole text, where it has one. */
  heading?: string;
  headings: readonly string[];
}): string[] {
  const { fileName, heading, headings } = options;
  const alerts = new Map<string, string>();
  const add = (name: string) => {
    const key = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (!alerts.has(key)) {
      alerts.set(key, name);
    }
  };
  for (const name of [fileName, heading]) {
    if (name && ALERT_SHAPE.test(name) && name.length > 5) {
      add(name);
    }
  }
  for (const name of [fileName, ...headings]) {
    const [metric] = metricsOfAlert(name);
    if (metric) {
      add(metric.alertName);
    }
  }
  return [...alerts.values()];
}
