import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
} from 'commander';
import { version } from '../package.json';
import { lintFiles } from './lintFiles';
import { FORMATS, report } from './report';

/** What the command ends with: 0 for nothing wrong, 1 for problems, 2 for a call that cannot be followed. */
type ExitCode = 0 | 1 | 2;

interface LintCommandOptions {
  format: (typeof FORMATS)[number];
  maxAgeDays?: number;
  failOn: 'error' | 'warning';
  checkLinks: boolean;
}

/** Does what a command line asks for. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('watchkeeper-runbooks')
    .description('Checks runbooks written in Markdown')
    .version(version)
    .exitOverride();
  program
    .command('lint')
    .description(
      'Says what makes runbooks harder to follow or to trust: no owner, alert or steps, steps without a command or an expected result, what is still to be written, dead links, and how long ago it was tested.',
    )
    .argument('<paths...>', 'files, folders and globs')
    .addOption(
      new Option('--format <format>', 'how problems are written')
        .choices(FORMATS)
        .default('text'),
    )
    .option(
      '--max-age-days <days>',
      'a test longer ago than this is an error (default: a warning from 90 days, an error from 180)',
      readDays,
    )
    .addOption(
      new Option('--fail-on <severity>', 'what makes the command fail')
        .choices(['error', 'warning'])
        .default('error'),
    )
    .option('--check-links', 'ask for links to other sites too', false)
    .action(async (paths: string[], options: LintCommandOptions) => {
      const { format, maxAgeDays, failOn, checkLinks } = options;
      const files = await lintFiles({
        paths,
        now: new Date(),
        maxAgeDays,
        checkLinks,
      });
      if (files.length === 0) {
        process.stderr.write(`No Markdown files in ${paths.join(', ')}\n`);
        exitCode = 2;
        return;
      }
      process.stdout.write(report(files, format));
      const problems = files.flatMap(file => file.problems);
      exitCode = problems.some(
        ({ severity }) => failOn === 'warning' || severity === 'error',
      )
        ? 1
        : 0;
    });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    return 2;
  }
}

function readDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new InvalidArgumentError('It must be a number of days.');
  }
  return Number(text);
}
