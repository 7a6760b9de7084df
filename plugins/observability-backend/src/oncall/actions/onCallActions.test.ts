import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { startPlugin } from '../../__testUtils__/startPlugin';
import { testEntity } from '../../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const inHours = (hours: number) =>
  new Date(Date.now() + hours * 3_600_000).toISOString();

async function start(denied: string[] = []) {
  const registry = actionsRegistryServiceMock({
    logger: mockServices.logger.mock(),
  });
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const started = await startPlugin({
    entities: [
      testEntity('component:default/web', {
        annotations: { 'watchkeeper.io/on-call': 'crm' },
      }),
    ],
    policy: { denied },
    config: {
      observability: {
        onCall: {
          schedules: [
            {
              name: 'crm',
              timeZone: 'Europe/Paris',
              levels: [
                {
                  name: 'primary',
                  layers: [
                    {
                      members: [bob],
                      rotation: {
                        unit: 'week',
                        length: 1,
                        start: '2020-01-06T09:00',
                      },
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    },
    features: [
      auditor.factory,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => registry,
      }),
    ],
  });
  await started.run('read-schedules');
  const { actions } = await registry.list();
  const invoke = async (
    name: string,
    input: Record<string, string | number>,
  ) => {
    const { id } = actions.find(action => action.name === name)!;
    const { output } = await registry.invoke({
      id,
      input,
      credentials: mockCredentials.user(ann),
    });
    return output;
  };
  return { invoke, auditor, event };
}

describe('actions of the watch', () => {
  it('tell an agent who has it, and when the user has', async () => {
    const { invoke } = await start();
    const row = expect.objectContaining({
      schedule: 'crm',
      level: 'primary',
      people: [{ entityRef: bob, displayName: 'bob' }],
      next: expect.stringContaining('bob at 2'),
    });
    await expect(
      invoke('who-is-on-call', { entityRef: 'web' }),
    ).resolves.toEqual({ onCall: [row] });
    await expect(
      invoke('who-is-on-call', { schedule: 'crm', at: inHours(1) }),
    ).resolves.toEqual({ onCall: [row] });
    await expect(
      invoke('who-is-on-call', { schedule: 'crm', at: 'noon' }),
    ).rejects.toThrow('"at": must be an instant');
    await expect(invoke('my-next-shifts', {})).resolves.toEqual({ shifts: [] });
  });

  it('put the user on watch, and write down who did so', async () => {
    const { invoke, auditor, event } = await start();
    const shift = {
      schedule: 'crm',
      start: inHours(1),
      end: inHours(2),
      add: ann,
      remove: bob,
    };
    await expect(invoke('override-shift', shift)).resolves.toEqual({
      id: expect.any(String),
    });
    await expect(invoke('my-next-shifts', {})).resolves.toEqual({
      shifts: [
        {
          schedule: 'crm',
          title: 'crm',
          level: 'primary',
          start: shift.start,
          end: shift.end,
        },
      ],
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'on-call-override-create',
        meta: { schedule: 'crm', add: ann, remove: bob },
      }),
    );
    expect(event.success).toHaveBeenCalledTimes(1);
  });

  it('change nothing that the user may not change', async () => {
    const { invoke, event } = await start(['observability.oncall.manage']);
    await expect(
      invoke('override-shift', {
        schedule: 'crm',
        start: inHours(1),
        end: inHours(2),
        remove: bob,
      }),
    ).rejects.toThrow('observability.oncall.manage');
    expect(event.fail).toHaveBeenCalledTimes(1);
  });
});
