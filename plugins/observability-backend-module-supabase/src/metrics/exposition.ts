/** One value of a family, with what tells it from the others. */
export interface Series {
  labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: exporters write that. */
  value: number;
}

/** More series of one family than any project has. */
const MAX_SERIES = 5000;
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,?)/;
const VALUE =
  /^\s+([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]?Inf)(?:\s+-?\d+)?\s*$/i;

/**
 * Reads families of Prometheus' text exposition format, those that are wanted.
 *
 * Why none of the libraries: `parse-prometheus-text-format`, the one that is in
 * use, had its last change of substance in 2019, has no types, makes objects of
 * all 1,100 lines where some 30 matter, and reads a line without a value as an
 * empty text, which is the number 0 to the next one who converts it. A CPU of
 * nothing would be green. The format itself is stable and small: a name, labels
 * in which `\`, `"` and line feeds are escaped, a number as Go writes it.
 *
 * A line that cannot be read is left out, and no other with it.
 */
export function readExposition(
  text: string,
  wanted: ReadonlySet<string>,
): Map<string, Series[]> {
  const families = new Map<string, Series[]>();
  for (const line of text.split('\n')) {
    const [name] = NAME.exec(line) ?? [];
    if (name === undefined || !wanted.has(name)) continue;
    const series = readSeries(line.slice(name.length));
    if (!series) continue;
    const family = families.get(name);
    if (!family) families.set(name, [series]);
    else if (family.length < MAX_SERIES) family.push(series);
  }
  return families;
}

/** What follows the name: labels, if any, and the value. */
function readSeries(text: string): Series | undefined {
  const labels: Record<string, string> = Object.create(null);
  let rest = text;
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    for (;;) {
      const label = LABEL.exec(rest);
      if (!label) break;
      labels[label[1]] = unescapeLabel(label[2]);
      rest = rest.slice(label[0].length);
      if (label[3] === '') break;
    }
    const end = /^\s*\}/.exec(rest);
    if (!end) return undefined;
    // A space between the labels and the value is usual and not needed.
    rest = ` ${rest.slice(end[0].length)}`;
  }
  const value = VALUE.exec(rest);
  return value ? { labels, value: toNumber(value[1]) } : undefined;
}

function unescapeLabel(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}

function toNumber(text: string): number {
  if (/inf$/i.test(text)) {
    return text.startsWith('-')
      ? Number.NEGATIVE_INFINITY
      : Number.POSITIVE_INFINITY;
  }
  return Number(text);
}
