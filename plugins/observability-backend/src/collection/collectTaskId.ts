/** The scheduled task that reads an instance; shown in DevTools. */
export function collectTaskId(id: {
  provider: string;
  instance: string;
}): string {
  return `observability-collect-${id.provider}-${id.instance}`;
}
