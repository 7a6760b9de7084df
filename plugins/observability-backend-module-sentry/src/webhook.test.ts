import { createHmac } from 'node:crypto';
import { createSentryWebhook } from './webhook';

const now = new Date('2026-03-02T10:00:00Z');
const secret = 'client-secret-of-the-integration';
const webhook = createSentryWebhook({
  organizations: ['acme', 'other'],
  secret,
  now: () => now,
});

function sign(body: Buffer, key = secret) {
  return createHmac('sha256', key).update(body).digest('hex');
}

function verify(
  body: Buffer,
  changes: { signature?: string; sentAt?: string } = {},
) {
  const { signature = sign(body), sentAt = String(now.getTime() / 1000) } =
    changes;
  return webhook.verify({
    headers: {
      'Sentry-Hook-Signature': signature,
      'sentry-hook-timestamp': sentAt,
    },
    rawBody: body,
  });
}

describe('a delivery', () => {
  it.each([
    ['plain', '{"action":"created"}'],
    ['beyond ASCII', '{"title":"Échec du paiement — 支払い 💥"}'],
    ['ending in a line break', '{"action":"created"}\n'],
    ['spaced as no serializer would', '{ "a" :1,\r\n "b":  2 }'],
    ['that is no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['without a body', ''],
  ])('%s is verified over its raw bytes', (_, body) => {
    const bytes = Buffer.from(body as string);
    expect(verify(bytes)).toBe(true);
    expect(
      verify(Buffer.concat([bytes, Buffer.from(' ')]), {
        signature: sign(bytes),
      }),
    ).toBe(false);
  });

  it('of another secret, without a signature or with a cut one is refused', () => {
    const body = Buffer.from('{}');
    expect(verify(body, { signature: sign(body, 'other') })).toBe(false);
    expect(verify(body, { signature: '' })).toBe(false);
    expect(verify(body, { signature: sign(body).slice(0, 63) })).toBe(false);
    expect(webhook.verify({ headers: {}, rawBody: body })).toBe(false);
  });

  it.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
    [Number.NaN, false],
  ])('sent %d s from now is taken: %s', (seconds, expected) => {
    const sentAt = String(now.getTime() / 1000 + seconds);
    expect(verify(Buffer.from('{}'), { sentAt })).toBe(expected);
  });
});

describe('what a delivery is about', () => {
  const both = (slug: string) => [`acme/${slug}`, `other/${slug}`];

  it.each([
    [
      'an issue',
      { issue: { id: '1', project: { id: '501', slug: 'Shop' } } },
      [...both('shop'), ...both('501'), '501'],
    ],
    [
      'an event of an issue rule',
      {
        event: {
          project: 501,
          url: 'https://sentry.io/api/0/projects/acme/shop/events/e4/',
        },
        triggered_rule: 'Noise',
      },
      [...both('shop'), ...both('501'), '501'],
    ],
    ['an error', { error: { project: 501 } }, [...both('501'), '501']],
    [
      'a metric alert',
      { metric_alert: { projects: ['shop', 'shop-worker'] } },
      [...both('shop'), ...both('shop-worker')],
    ],
    ['a comment', { comment: 'x', project_slug: 'shop' }, both('shop')],
  ])('%s names its projects', (_, data, ids) => {
    expect(webhook.targetsOf({ action: 'created', data })).toEqual({ ids });
  });

  it.each([
    ['an installation', { data: { installation: { uuid: 'u' } } }],
    ['an unknown resource', { data: { preprod_artifact: { id: 1 } } }],
    ['an issue in another shape', { data: { issue: 'shop' } }],
    ['no object', 'hello'],
    ['nothing', undefined],
  ])('%s is about none', (_, body) => {
    expect(webhook.targetsOf(body)).toBe('none');
  });
});
