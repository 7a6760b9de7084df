import type { ServerResponse } from 'node:http';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod/v4';
import { createVendorClient, type VendorClient } from '../../http';
import {
  targetKey,
  type CollectRequest,
  type EntitySelection,
  type Provider,
  type Reading,
  type TargetResult,
} from '../../Provider';
import { isProviderError } from '../../ProviderError';
import { verifyHmac } from '../../webhooks';
import { startLoopbackServer } from '../loopbackServer';
import { runProviderContract } from './runProviderContract';
import type {
  ContractConnection,
  ContractFault,
  ContractMatch,
  ContractVendor,
} from './types';

const TOKEN = 'a-token-of-the-tiny-vendor';
const ANNOTATION = 'tiny.example.com/shop';

interface TinyShop {
  shop: string;
  state: string;
  errors: number;
}

interface TinyVendor extends ContractVendor {
  shops: TinyShop[];
}

/** A vendor with two lists: of shops with their errors, in pages, and of releases. */
async function startTinyVendor(): Promise<TinyVendor> {
  let rules: { fault: ContractFault; match?: ContractMatch }[] = [];
  const shops: TinyShop[] = [
    { shop: 'books', state: 'open', errors: 3 },
    { shop: 'toys', state: 'open', errors: 0 },
  ];
  const server = await startLoopbackServer((request, response) => {
    const rule = rules.find(({ match }) =>
      request.path.includes(String(match?.path ?? '')),
    );
    const [path, query] = request.path.split('?');
    let answer: unknown = { releases: ['1.0'] };
    if (path === '/shops') {
      const page = Number(new URLSearchParams(query).get('page') ?? 0);
      answer = {
        shops: shops.slice(page * 2, page * 2 + 2),
        next: shops.length > page * 2 + 2 ? page + 1 : null,
      };
    }
    if (rule) breakAnswer(rule.fault, response, answer);
    else send(response, 200, answer);
  });
  return {
    url: server.url,
    now: () => new Date('2026-09-01T12:00:00Z'),
    shops,
    faults: {
      inject: (fault, match) => rules.unshift({ fault, match }),
      clear: () => {
        rules = [];
      },
    },
    close: () => server.close(),
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...headers,
  });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function breakAnswer(
  fault: ContractFault,
  response: ServerResponse,
  answer: unknown,
) {
  const { status, headers, location = '' } = fault;
  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut-off':
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': 1000,
      });
      response.write('{"shops":', () => response.socket?.destroy());
      return;
    case 'html':
      send(response, 200, '<html>', { 'Content-Type': 'text/html' });
      return;
    case 'malformed':
      send(response, 200, JSON.stringify(answer).slice(1));
      return;
    case 'redirect':
      send(response, 302, '', { Location: location });
      return;
    default:
      send(
        response,
        status ?? 500,
        fault.body ?? { message: `Not with ${TOKEN}` },
        headers,
      );
  }
}

const shopsSchema = z.object({
  shops: z.array(
    z.object({ shop: z.string(), state: z.string(), errors: z.number() }),
  ),
  next: z.number().nullable(),
});
const releasesSchema = z.object({ releases: z.array(z.string()) });

class TinyProvider implements Provider {
  readonly provider = 'tiny';
  readonly title = 'Tiny';
  readonly instance = 'default';
  readonly kinds = ['errors', 'releases'] as const;
  readonly annotations = [ANNOTATION];
  readonly webhook = {
    topic: 'observability-tiny',
    verify: ({ rawBody }: { rawBody: Buffer }) =>
      verifyHmac({
        algorithm: 'sha256',
        secret: TOKEN,
        rawBody,
        signature: 'none',
      }),
    targetsOf: () => 'all' as const,
  };
  readonly #client: VendorClient;

  constructor({ url, client }: ContractConnection) {
    this.#client = createVendorClient({
      provider: 'tiny',
      instance: 'default',
      baseUrl: url,
      headers: () => ({ Authorization: `Bearer ${TOKEN}` }),
      ...client,
    });
  }

  select(entity: Entity): EntitySelection {
    const shop = entity.metadata.annotations?.[ANNOTATION];
    if (shop === undefined) return { targets: [], misconfigurations: [] };
    if (!/^[a-z]{1,20}$/.test(shop)) {
      const message = 'It is not the name of a shop: expected a few letters';
      return {
        targets: [],
        misconfigurations: [{ annotation: ANNOTATION, message }],
      };
    }
    const target = { key: targetKey(shop), kinds: [...this.kinds] };
    return { targets: [target], misconfigurations: [] };
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { targets, now, signal } = request;
    const shops = await this.#readShops(signal);
    for (const { key, state } of targets) {
      const shop = shops.find(other => other.shop === key);
      const count = Number(state?.count ?? 0) + 1;
      yield {
        key,
        results: [readErrors(shop, now), await this.#readReleases(now, signal)],
        state: { count },
      };
    }
    return { readAt: now.toISOString() };
  }

  async #readShops(signal: AbortSignal): Promise<TinyShop[]> {
    const shops: TinyShop[] = [];
    let page: number | null = 0;
    while (page !== null) {
      const { body }: { body: z.infer<typeof shopsSchema> } =
        await this.#client.request({
          operation: 'list shops',
          path: '/shops',
          query: { page },
          schema: shopsSchema,
          signal,
        });
      shops.push(...body.shops);
      page = body.next;
    }
    return shops;
  }

  async #readReleases(now: Date, signal: AbortSignal) {
    try {
      const { body } = await this.#client.request({
        operation: 'list releases',
        path: '/releases',
        schema: releasesSchema,
        signal,
      });
      return {
        kind: 'releases' as const,
        observedAt: now,
        data: {
          releases: body.releases.map(version => ({
            version,
            createdAt: now.toISOString(),
            events: 0,
            newIssues: 0,
            verdict: 'unknown' as const,
          })),
        },
        measurements: [],
      };
    } catch (error) {
      if (!isProviderError(error)) throw error;
      return { kind: 'releases' as const, error };
    }
  }
}

function readErrors(shop: TinyShop | undefined, now: Date): Reading {
  const open = shop?.state === 'open';
  return {
    kind: 'errors',
    observedAt: now,
    data: {
      window: '24h',
      events: shop?.errors ?? 0,
      previousEvents: 0,
      users: 0,
      issues: [],
      trend: [],
    },
    // Of a state that it does not know, it says nothing.
    measurements: open ? [{ metric: 'errors.count', value: shop.errors }] : [],
  };
}

function entityOf(shop: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: shop, annotations: { [ANNOTATION]: shop } },
  };
}

function measured(results: TargetResult[]): Record<string, unknown> {
  return Object.fromEntries(
    results.map(({ key, results: [errors] }) => [
      key,
      'measurements' in errors ? errors.measurements : errors.error,
    ]),
  );
}

runProviderContract<TinyVendor>({
  name: 'A provider of a tiny vendor',
  startVendor: startTinyVendor,
  createProvider: connection => new TinyProvider(connection),
  entity: entityOf('books'),
  otherEntity: entityOf('toys'),
  secrets: [TOKEN],
  independentKinds: [{ kind: 'releases', match: { path: '/releases' } }],
  emptyList: {
    arrange: vendor => {
      vendor.shops.length = 0;
    },
    check: results => {
      expect(measured(results)).toEqual({ books: [], toys: [] });
    },
  },
  twoPages: {
    arrange: vendor => {
      vendor.shops.unshift(
        { shop: 'food', state: 'open', errors: 1 },
        { shop: 'wine', state: 'open', errors: 1 },
      );
    },
    check: results => {
      expect(measured(results)).toEqual({
        books: [{ metric: 'errors.count', value: 3 }],
        toys: [{ metric: 'errors.count', value: 0 }],
      });
    },
  },
  unknownEnum: {
    arrange: vendor => {
      vendor.shops[0].state = 'quantum';
    },
    check: results => {
      expect(measured(results).books).toEqual([]);
    },
  },
});
