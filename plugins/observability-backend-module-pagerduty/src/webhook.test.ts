import { createHmac } from 'node:crypto';
import { createPagerDutyWebhook } from './webhook';

const BODY = Buffer.from('{"event":{"id":"1",  "data":"é"}}');
const webhook = createPagerDutyWebhook('the secret of now');

function sign(secret: string, body = BODY): string {
  return `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function verify(signature: string | string[] | undefined, rawBody = BODY) {
  return webhook.verify({
    headers: { 'X-PagerDuty-Signature': signature },
    rawBody,
  });
}

describe('a webhook', () => {
  it('is verified over its raw bytes, by any of its signatures', () => {
    const good = sign('the secret of now');
    expect(verify(good)).toBe(true);
    expect(verify(`${sign('the secret before')}, ${good}`)).toBe(true);
    expect(verify([sign('the secret before'), good])).toBe(true);
  });

  it('of another secret, another body or another kind of signature is refused', () => {
    const good = sign('the secret of now');
    expect(verify(sign('another'))).toBe(false);
    expect(verify(good, Buffer.from(`${BODY} `))).toBe(false);
    expect(verify(good.replace('v1=', 'v2='))).toBe(false);
    expect(verify(good.slice(0, -1))).toBe(false);
    expect(verify('')).toBe(false);
    expect(verify(undefined)).toBe(false);
  });
});
