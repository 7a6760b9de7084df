/**
 * What the tests of a vendor module need: the provider contract test, and
 * helpers to run a provider by hand.
 *
 * @packageDocumentation
 */

export {
  collectAll,
  createCollectRequest,
  type CollectedResults,
} from './collect';
export { createTestClock, type TestClock } from './clock';
export * from './contract';
