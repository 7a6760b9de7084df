/**
 * Options of every reading call.
 *
 * @public
 */
export interface ObservabilityRequestOptions {
  signal?: AbortSignal;
}
