import { createUptimeRobotWebhook } from './webhook';

const { verify, targetsOf } = createUptimeRobotWebhook({ secret: 's3cret' });
const body = (content: unknown) =>
  Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));

describe('webhooks of UptimeRobot', () => {
  it.each([
    ['the header', { 'X-Watchkeeper-Token': 's3cret' }, '{}', true],
    ['a repeated header', { 'x-watchkeeper-token': ['s3cret'] }, '{}', true],
    ['the body', {}, { token: 's3cret' }, true],
    ['another token', { 'x-watchkeeper-token': 's3cre' }, '{}', false],
    ['another token in the body', {}, { token: 's3cret ' }, false],
    [
      'a wrong header beside a right body',
      { 'x-watchkeeper-token': 'x' },
      { token: 's3cret' },
      false,
    ],
    ['no token', {}, {}, false],
    ['no text', {}, { token: 5 }, false],
    ['no JSON', {}, 'token=s3cret', false],
  ])('are known by %s', (_, headers, content, expected) => {
    expect(verify({ headers, rawBody: body(content) })).toBe(expected);
  });

  it('are never let in by a secret that is empty', () => {
    const open = createUptimeRobotWebhook({ secret: '' });
    expect(open.verify({ headers: {}, rawBody: body('{}') })).toBe(false);
  });

  it('have all monitors read again, whatever they say of one', () => {
    expect(
      targetsOf({
        monitorID: '777749802',
        alertType: '1',
        alertFriendlyDuration: '*alertFriendlyDuration*',
      }),
    ).toBe('all');
    expect(targetsOf({ monitorId: 777749802 })).toBe('all');
    expect(targetsOf({ hello: 'world' })).toBe('none');
    expect(targetsOf('text')).toBe('none');
  });
});
