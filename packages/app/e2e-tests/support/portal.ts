/*
 * How a browser test is written
 *
 *   import { expect, test } from './support/portal';
 *
 *   test('names the service that is in trouble', async ({ portal, page }) => {
 *     await portal.signInAs('Engineer B');
 *     await page.goto('/observability');
 *     await expect(page.getByRole('row', { name: /visioncrm-api/ })).toBeVisible();
 *   });
 *
 * Put it into `packages/app/e2e-tests/<subject>.test.ts`. `npm test` runs all of
 * them; `yarn test:e2e <subject>` runs one file, building the front end first
 * where its sources changed. The portal's logs are in test-results/portal.
 *
 * A test fails when the page logs an error, throws one, or is answered with a
 * 5xx. One that provokes it on purpose says so: `portal.expectErrors(/…/)`.
 *
 * All tests share one portal, which starts empty and collects from the
 * stand-ins: wait for what you look for (`expect` does), never for a time. What
 * a test changes in the stand-ins it puts back: `portal.sentry` reaches their
 * control, and its faults are cleared after every test.
 */
import {
  APIRequestContext,
  BrowserContext,
  expect,
  Locator,
  Page,
  test as base,
} from '@playwright/test';

export { expect } from '@playwright/test';

/** A portal that has just started reads its sources within this time. */
const FIRST_READING_MS = 90_000;
/** The secret of the demo's configuration. */
const WEBHOOK_SECRET = 'stand-in-webhook-secret';

/** The control of a stand-in: faults, clock, scenario, webhooks. */
export class StandInControl {
  readonly #request: APIRequestContext;
  readonly #url: string;

  constructor(request: APIRequestContext, url: string) {
    this.#request = request;
    this.#url = url;
  }

  /** Lets its answers fail by a rule; see the stand-ins' control. */
  async addFault(rule: object): Promise<void> {
    await this.#post('faults', rule);
  }

  async clearFaults(): Promise<void> {
    await this.#request.delete(`${this.#url}/__control/faults`);
  }

  async moveClock(change: object): Promise<void> {
    await this.#post('clock', change);
  }

  async changeScenario(change: object): Promise<void> {
    await this.#post('scenario', change);
  }

  /** Tells the portal that something happened in a project, as the vendor does. */
  async sendWebhook(project: string): Promise<void> {
    await this.#post('webhooks', {
      to: `${process.env.PLAYWRIGHT_URL}/api/events/http/observability-sentry`,
      secret: WEBHOOK_SECRET,
      resource: 'issue',
      project,
    });
  }

  async #post(path: string, data: object): Promise<void> {
    const response = await this.#request.post(
      `${this.#url}/__control/${path}`,
      { data },
    );
    expect(response.ok(), await response.text()).toBe(true);
  }
}

/** What the browser remembers of those who have signed in. */
const signedIn = new Map<
  string,
  Awaited<ReturnType<BrowserContext['storageState']>>
>();

/** What a test can do with the portal besides looking at its pages. */
export class Portal {
  readonly sentry: StandInControl;
  readonly uptimeRobot: StandInControl;
  readonly supabase: StandInControl;
  readonly #page: Page;
  readonly #errors: string[] = [];
  readonly #expected: RegExp[] = [];
  /** What the page has asked for over the network. */
  readonly requests: URL[] = [];

  constructor(page: Page, request: APIRequestContext) {
    this.#page = page;
    const standIn = (port: string | undefined) =>
      new StandInControl(request, `http://127.0.0.1:${port}`);
    this.sentry = standIn(process.env.STAND_INS_PORT_SENTRY);
    this.uptimeRobot = standIn(process.env.STAND_INS_PORT_UPTIMEROBOT);
    this.supabase = standIn(process.env.STAND_INS_PORT_SUPABASE);
    page.on('pageerror', error => this.#errors.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') {
        this.#errors.push(`${message.text()} (${message.location().url})`);
      }
    });
    page.on('request', sent => this.#addRequest(sent.url()));
    page.on('websocket', socket => this.#addRequest(socket.url()));
    page.on('response', response => {
      if (response.status() >= 500) {
        this.#errors.push(`${response.status()} ${response.url()}`);
      }
    });
  }

  /**
   * Signs in by clicking a person; open a page afterwards. Who has signed in in
   * an earlier test still is.
   */
  async signInAs(displayName: string): Promise<void> {
    const context = this.#page.context();
    const known = signedIn.get(displayName);
    if (known) {
      await context.addCookies(known.cookies);
      await context.addInitScript(rememberedItems => {
        for (const { name, value } of rememberedItems) {
          localStorage.setItem(name, localStorage.getItem(name) ?? value);
        }
      }, known.origins[0]?.localStorage ?? []);
      return;
    }
    await this.#page.goto('/');
    await this.#page.getByRole('button', { name: displayName }).click();
    await this.#page
      .getByRole('link', { name: 'Catalog', exact: true })
      .waitFor();
    signedIn.set(displayName, await context.storageState());
  }

  /**
   * Opens the Health tab of an entity, and waits until something of it is
   * known; in a portal that has just started that takes a while.
   */
  async openHealth(name: string, kind = 'component'): Promise<void> {
    await this.#page.goto(`/catalog/default/${kind}/${name}/health`);
    await expect(this.status).toHaveText(/Critical|Warning|OK/, {
      timeout: FIRST_READING_MS,
    });
  }

  /** Opens the list of all services, and waits until their health is known. */
  async openFleet(query = ''): Promise<void> {
    await this.#page.goto(`/observability${query}`);
    await expect(
      this.#page.getByRole('button', { name: /^Critical [1-9]/ }),
    ).toBeVisible({ timeout: FIRST_READING_MS });
  }

  /** The status at the head of the Health tab. */
  get status(): Locator {
    return this.#page
      .getByRole('article', { name: 'Status' })
      .getByRole('heading', { level: 2 });
  }

  /** Errors that this test provokes on purpose. */
  expectErrors(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  #addRequest(address: string) {
    const url = new URL(address);
    if (/^(http|ws)s?:$/.test(url.protocol)) {
      this.requests.push(url);
    }
  }

  get unexpectedErrors(): string[] {
    return this.#errors.filter(
      error => !this.#expected.some(pattern => pattern.test(error)),
    );
  }
}

export const test = base.extend<{ portal: Portal }>({
  baseURL: async ({}, provide) => provide(process.env.PLAYWRIGHT_URL),
  portal: [
    async ({ page, request }, provide) => {
      const portal = new Portal(page, request);
      await provide(portal);
      await portal.sentry.clearFaults();
      await portal.uptimeRobot.clearFaults();
      await portal.supabase.clearFaults();
      expect(portal.unexpectedErrors).toEqual([]);
    },
    { auto: true },
  ],
});
