/** Which part of a step a line begins. */
export type LinePart = 'expected' | 'otherwise';

const EMPHASIS = '[*_]{0,3}';
const EXPECTED = new RegExp(
  `^${EMPHASIS}(?:(?:expect(?:ed)?(?: (?:results?|outputs?|outcomes?))?|attendue?s?|résultats?(?: attendus?)?)${EMPHASIS}\\s*:${EMPHASIS}\\s*|expect${EMPHASIS}\\s+|(?:→|⇒|->|=>)\\s*)`,
  'iu',
);
const OTHERWISE_WORDS =
  "(?:if not|otherwise|anything else|if it does not|if that fails|sinon|dans le cas contraire|si ce n[’']est pas le cas|autrement|else(?=[*_]{0,3}\\s*[:,]))(?![\\p{L}\\p{N}])";
const OTHERWISE = new RegExp(
  `^${EMPHASIS}${OTHERWISE_WORDS}${EMPHASIS}\\s*[:,]?${EMPHASIS}\\s*`,
  'iu',
);
const OTHERWISE_SENTENCE = new RegExp(
  `[.!?;]${EMPHASIS}\\s+(?=${EMPHASIS}${OTHERWISE_WORDS})`,
  'iu',
);
/** After these a line begins a sentence; elsewhere "otherwise" is the middle of one. */
const SENTENCE_END = /[.!?:;][*_)`"»]*\s*$/;

/** The lines of a paragraph of a step by what they tell. */
export interface StepLines {
  /** How many lines come before the first one that tells what to expect. */
  actionLineCount: number;
  expected?: string;
  otherwise?: string;
}

/** Takes what to expect, and what to do when it is something else, out of a paragraph of Markdown. */
export function readStepLines(paragraph: string): StepLines {
  const lines = paragraph.split('\n').map(line => line.trim());
  const parts: Record<LinePart, string[]> = { expected: [], otherwise: [] };
  let part: LinePart | undefined;
  let actionLineCount = 0;
  for (const [index, line] of lines.entries()) {
    const isSentence = index === 0 || SENTENCE_END.test(lines[index - 1]);
    const [begun, text] = beginOf(line, isSentence);
    part = begun ?? part;
    if (part) {
      parts[part].push(text);
    } else {
      actionLineCount++;
    }
  }
  const expected = parts.expected.join('\n').trim();
  const at = OTHERWISE_SENTENCE.exec(expected);
  if (at) {
    const end = at.index + at[0].length;
    parts.otherwise.unshift(stripOtherwise(expected.slice(end)));
  }
  return {
    actionLineCount,
    ...(part === 'expected' || expected
      ? {
          expected: at
            ? expected.slice(0, at.index + at[0].length).trim()
            : expected,
        }
      : {}),
    ...(parts.otherwise.length > 0
      ? { otherwise: parts.otherwise.join('\n').trim() }
      : {}),
  };
}

function beginOf(
  line: string,
  isSentence: boolean,
): [part: LinePart | undefined, text: string] {
  const expected = EXPECTED.exec(line);
  if (expected && (isSentence || expected[0].includes(':'))) {
    return ['expected', line.slice(expected[0].length)];
  }
  const otherwise = OTHERWISE.exec(line);
  return otherwise && (isSentence || otherwise[0].includes(':'))
    ? ['otherwise', stripOtherwise(line)]
    : [undefined, line];
}

function stripOtherwise(text: string): string {
  return text.replace(OTHERWISE, '');
}

/** The number of the step that a text sends one to, as the runbook counts. */
export function stepNumberIn(text: string): number | undefined {
  const match = /(?<![\p{L}\p{N}])(?:step|étape)\s+#?(\d{1,3})(?!\d)/iu.exec(
    text,
  );
  return match ? Number(match[1]) : undefined;
}
