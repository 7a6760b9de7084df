import fc from 'fast-check';
import { fillCommand } from '../variables/fillCommand';
import { parseRunbook } from './parseRunbook';

/** Pieces that mean something in Markdown, in front matter or in a step. */
const piece = fc.constantFrom(
  '---\n',
  '+++\n',
  '# ',
  '## Steps\n',
  '1. ',
  '- [ ] ',
  '  - ',
  '> ',
  '```bash\n',
  '```\n',
  '`',
  '**',
  '\n',
  '\n\n',
  '    ',
  '\t',
  '[a](b)',
  '![a][b]\n\n[b]: c\n',
  '|a|b|\n|-|-|\n',
  '{{< ref "a" >}}',
  '{{% alert %}}\n',
  '{{% /alert %}}\n',
  '!!! note\n',
  ':::tip\n',
  ':::\n',
  '<details>',
  '<!-- TODO -->',
  'Expected: ',
  'If not, go to step 2. ',
  '$NAME',
  '${A_B}',
  '{{ entity.metadata.name }}',
  '<POD>',
  'alerts: [',
  'title: x\n',
  'é€\u0000\uD83D',
);
const document = fc
  .array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 12 })), {
    maxLength: 60,
  })
  .map(pieces => pieces.join(''));

const line = fc
  .string({ unit: 'grapheme-ascii', maxLength: 40 })
  .filter(text => !/^\s*[`~]{3}/.test(text) && !/[\r\n]/.test(text));
const command = fc
  .array(line, { minLength: 1, maxLength: 5 })
  .map(lines => lines.join('\n'))
  .filter(text => text.trim() !== '');

describe('parseRunbook, whatever it is given', () => {
  it('never throws, numbers the steps, and writes each command in pieces that are the command', () => {
    fc.assert(
      fc.property(document, text => {
        const runbook = parseRunbook({ text, url: 'docs/any.md' });
        expect(runbook.title).not.toBe('');
        const lineCount = text.split(/\r\n?|\n/).length;
        for (const [index, step] of runbook.steps.entries()) {
          expect(step.index).toBe(index);
          expect(step.title).toMatch(/^[^\n]+$/);
          expect(step.line).toBeLessThanOrEqual(lineCount);
          for (const { parts, text: whole } of step.commands) {
            expect(parts.map(part => part.text).join('')).toBe(whole);
            expect(fillCommand({ parts }, new Map()).text).toBe(whole);
          }
        }
        expect(runbook.sections.flatMap(section => section.steps)).toEqual(
          runbook.steps.map(({ index }) => index),
        );
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('keeps a command to the letter', () => {
    fc.assert(
      fc.property(command, text => {
        const fenced = text
          .split('\n')
          .map(part => `   ${part}`)
          .join('\n');
        const { steps } = parseRunbook({
          text: `## Steps\n\n1. Run:\n\n   ~~~~bash\n${fenced}\n   ~~~~\n`,
          url: 'a.md',
        });
        expect(steps[0].commands).toMatchObject([{ text, language: 'bash' }]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
