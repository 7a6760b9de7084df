export * from './VendorClient';
export {
  createVendorClient,
  type VendorClientOptions,
} from './createVendorClient';
export {
  createRateLimiter,
  sharedLimiter,
  RateLimiterPausedError,
  type RateLimiter,
  type RateLimiterOptions,
} from './RateLimiter';
export {
  rateLimitFromHeaders,
  type RateLimitReader,
  type RateLimitState,
} from './rateLimits';
export { readErrorDetail } from './errorDetail';
export type { Sleep } from './sleep';
