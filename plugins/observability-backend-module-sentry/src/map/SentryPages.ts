/** Where people find things in Sentry's own pages. */
export class SentryPages {
  readonly #base: string;

  constructor(options: { baseUrl: string; organization: string }) {
    const { origin, hostname, pathname } = new URL(options.baseUrl);
    const organization = encodeURIComponent(options.organization);
    // The service's own hosts (sentry.io, us.sentry.io) serve the API only;
    // an organisation's pages have a host of their own there.
    this.#base =
      hostname === 'sentry.io' || hostname.endsWith('.sentry.io')
        ? `https://${organization}.sentry.io`
        : `${origin}${pathname.replace(
            /\/+$/,
            '',
          )}/organizations/${organization}`;
  }

  issues(projectId: string, environments: readonly string[]): string {
    return this.#page('issues/', projectId, environments, {
      query: 'is:unresolved',
      statsPeriod: '24h',
    });
  }

  issue(id: string): string {
    return `${this.#base}/issues/${encodeURIComponent(id)}/`;
  }

  performance(projectId: string, environments: readonly string[]): string {
    return this.#page('performance/', projectId, environments, {
      statsPeriod: '24h',
    });
  }

  releases(projectId: string, environments: readonly string[]): string {
    return this.#page('releases/', projectId, environments, {});
  }

  release(
    version: string,
    projectId: string,
    environments: readonly string[],
  ): string {
    const path = `releases/${encodeURIComponent(version)}/`;
    return this.#page(path, projectId, environments, {});
  }

  #page(
    path: string,
    projectId: string,
    environments: readonly string[],
    parameters: Record<string, string>,
  ): string {
    const query = new URLSearchParams({ project: projectId, ...parameters });
    for (const environment of environments) {
      query.append('environment', environment);
    }
    return `${this.#base}/${path}?${query}`;
  }
}
