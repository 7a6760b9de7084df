/**
 * What a vendor module of Watchkeeper needs: the provider interface, the
 * extension point, the HTTP client, the provider contract test.
 *
 * @packageDocumentation
 */

export * from './extensions';
export * from './Provider';
export * from './ProviderError';
export * from './http';
export * from './config';
export * from './webhooks';
export * from './text';
export * from './fields';
export * from './oncall';
