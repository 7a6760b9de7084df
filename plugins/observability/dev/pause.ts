const NETWORK_MS = 150;

/** As long as a network takes. */
export function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, NETWORK_MS));
}
