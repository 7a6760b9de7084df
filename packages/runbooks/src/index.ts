/**
 * Checks runbooks, by hand and in continuous integration.
 *
 * @packageDocumentation
 */

import { run } from './run';

run(process.argv).then(exitCode => {
  process.exitCode = exitCode;
});
