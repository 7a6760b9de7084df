import { mockServices } from '@backstage/backend-test-utils';
import { ClaimedMessage, Outbox } from './Outbox';
import { OutboxSender } from './OutboxSender';

const now = new Date('2026-11-24T12:00:00.000Z');
const never = new AbortController().signal;

function claimed(id: number, attempts = 1): ClaimedMessage {
  return {
    id,
    attempts,
    createdAt: now.toISOString(),
    kind: 'health-critical',
    subject: 'component:default/web',
    occurrence: `n${id}`,
    recipients: ['group:default/crm'],
    payload: {
      title: `Message ${id}`,
      severity: 'critical',
      topic: 'health',
      scope: `health:component:default/web:n${id}`,
    },
  };
}

describe('OutboxSender', () => {
  const logger = mockServices.logger.mock();
  const notifications = { send: jest.fn() };
  const outbox: jest.Mocked<Outbox> = {
    add: jest.fn(),
    claim: jest.fn(),
    markSent: jest.fn(),
    postpone: jest.fn(),
    deleteBefore: jest.fn(),
  };
  const sender = new OutboxSender({
    outbox,
    notifications,
    logger,
    now: () => now,
  });

  beforeEach(() => jest.resetAllMocks());

  it('hands each message to the notifications and marks it', async () => {
    outbox.claim.mockResolvedValue([claimed(1), claimed(2)]);
    await sender.run(never);
    expect(notifications.send.mock.calls).toEqual([
      [
        {
          recipients: { type: 'entity', entityRef: ['group:default/crm'] },
          payload: claimed(1).payload,
        },
      ],
      [expect.objectContaining({ payload: claimed(2).payload })],
    ]);
    expect(outbox.markSent.mock.calls).toEqual([
      [1, now],
      [2, now],
    ]);
    expect(outbox.postpone).not.toHaveBeenCalled();
  });

  it('goes on after a failure, waits longer each time, and fails visibly', async () => {
    outbox.claim.mockResolvedValue([
      claimed(1, 1),
      claimed(2, 4),
      claimed(3, 40),
      claimed(4),
    ]);
    notifications.send
      .mockRejectedValueOnce(new Error('first'))
      .mockRejectedValueOnce(new Error('second'))
      .mockRejectedValueOnce(new Error('third'));
    await expect(sender.run(never)).rejects.toThrow('third');
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect(outbox.postpone.mock.calls).toEqual([
      [1, at(15)],
      [2, at(120)],
      [3, at(900)],
    ]);
    expect(outbox.markSent.mock.calls).toEqual([[4, now]]);
    expect(logger.warn).toHaveBeenCalledTimes(3);
  });

  it('stops when it is cancelled, and leaves the rest to its lease', async () => {
    outbox.claim.mockResolvedValue([claimed(1)]);
    await expect(sender.run(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(notifications.send).not.toHaveBeenCalled();
    expect(outbox.postpone).not.toHaveBeenCalled();
  });
});
