import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const ENVIRONMENT_SECRET = 'hunter2-hunter2-hunter2';

/** The endpoint of Sentry that takes envelopes. */
class Ingest {
  readonly envelopes: string[] = [];
  readonly #server: Server;

  static async start(): Promise<Ingest> {
    const ingest = new Ingest();
    ingest.#server.listen(0, '127.0.0.1');
    await once(ingest.#server, 'listening');
    return ingest;
  }

  private constructor() {
    this.#server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) {
        chunks.push(chunk);
      }
      const body = Buffer.concat(chunks);
      const text = (
        req.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
      ).toString('utf8');
      this.envelopes.push(`${req.method} ${req.url}\n${text}`);
      res.setHeader('content-type', 'application/json');
      res.end('{}');
    });
  }

  get dsn(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://0123456789abcdef@127.0.0.1:${port}/42`;
  }

  /** The events among the envelopes: the line after the item's header. */
  get events(): Array<Record<string, any>> {
    return this.envelopes
      .map(envelope => envelope.split('\n'))
      .flatMap(lines =>
        lines.flatMap((line, index) =>
          /"type":"event"/.test(line) ? [JSON.parse(lines[index + 1])] : [],
        ),
      );
  }

  async stop(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Runs a program as the portal is run: with the instrumentation before it. */
async function run(program: string, environment: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--require', path.join(__dirname, 'instrumentation.js'), '-e', program],
    {
      cwd: path.resolve(__dirname, '..'),
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output: string[] = [];
  child.stdout.on('data', chunk => output.push(String(chunk)));
  child.stderr.on('data', chunk => output.push(String(chunk)));
  const [code] = await once(child, 'close');
  return { code, output: output.join('') };
}

describe('instrumentation', () => {
  let ingest: Ingest;

  beforeEach(async () => {
    ingest = await Ingest.start();
  });

  afterEach(async () => {
    await ingest.stop();
  });

  it('reports an error that nobody caught, without the secrets in it', async () => {
    const { output } = await run(
      `
        const error = new Error(
          'connect to postgresql://crm:letmein@db.internal:5432/crm failed; ' +
          'Authorization: Bearer abcdefghijklmnop; ' +
          'GET https://sentry.io/api/0/?query=user.email:ada@example.com; ' +
          'token sntrys_eyJpYXQiOjE3MDAwMDAwMDB9_abc; ' + process.env.CRM_API_TOKEN
        );
        throw error;
      `,
      {
        SENTRY_DSN: ingest.dsn,
        SENTRY_ENVIRONMENT: 'staging',
        SENTRY_RELEASE: 'portal@1.2.3',
        CRM_API_TOKEN: ENVIRONMENT_SECRET,
      },
    );

    expect(output).toContain('connect to postgresql://');
    expect(ingest.events).toHaveLength(1);
    const [event] = ingest.events;
    expect(event).toMatchObject({
      environment: 'staging',
      release: 'portal@1.2.3',
      level: 'fatal',
    });
    expect(event.exception.values[0]).toMatchObject({
      type: 'Error',
      value:
        'connect to postgresql://[scrubbed]@db.internal:5432/crm failed; ' +
        'Authorization: [scrubbed] [scrubbed]; ' +
        'GET https://sentry.io/api/0/?[scrubbed] ' +
        'token [scrubbed]; [scrubbed]',
      stacktrace: expect.anything(),
    });
    const sent = ingest.envelopes.join('\n');
    for (const secret of [
      'letmein',
      'abcdefghijklmnop',
      'ada@example.com',
      'sntrys_',
      ENVIRONMENT_SECRET,
    ]) {
      expect(sent).not.toContain(secret);
    }
  });

  it('leaves out what a request carries', async () => {
    await run(
      `
        const Sentry = require('@sentry/node');
        Sentry.captureEvent({
          message: 'Request failed',
          request: {
            url: 'http://localhost:7007/api/catalog/entities?filter=private-filter',
            query_string: 'filter=private-filter',
            cookies: { session: 'private-cookie' },
            data: '{"note":"private-body"}',
            headers: {
              authorization: 'Bearer private-bearer',
              cookie: 'session=private-cookie',
              'x-api-key': 'private-key',
              accept: 'application/json',
            },
          },
          extra: { nested: { config: { password: 'private-password', host: 'db' } } },
          breadcrumbs: [{ message: 'webhookSecret=private-webhook' }],
        });
        Sentry.flush(5000);
      `,
      { SENTRY_DSN: ingest.dsn },
    );

    expect(ingest.events).toHaveLength(1);
    expect(ingest.events[0]).toMatchObject({
      message: 'Request failed',
      request: {
        url: 'http://localhost:7007/api/catalog/entities?[scrubbed]',
        headers: { authorization: '[scrubbed]', accept: 'application/json' },
      },
      extra: { nested: { config: { password: '[scrubbed]', host: 'db' } } },
    });
    expect(ingest.envelopes.join('\n')).not.toContain('private-');
  });

  it('does not even load the SDK where no DSN is configured', async () => {
    const { code, output } = await run(
      `
        const loaded = Object.keys(require.cache).filter(file => file.includes('@sentry'));
        console.log('loaded', loaded.length);
        Promise.reject(new Error('nobody hears this'));
      `,
      {},
    );

    expect(output).toContain('loaded 0');
    expect(code).toBe(1);
    expect(ingest.envelopes).toEqual([]);
  });

  it('says which setting is wrong, instead of tracing nothing or everything', async () => {
    const { code, output } = await run('', {
      SENTRY_DSN: ingest.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '10%',
    });

    expect(code).toBe(1);
    expect(output).toContain(
      "SENTRY_TRACES_SAMPLE_RATE must be a number from 0 to 1, not '10%'",
    );
  });
});
