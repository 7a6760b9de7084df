import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import request from 'supertest';
import { startPlugin } from '../../__testUtils__/startPlugin';
import { testEntity } from '../../__testUtils__/TestWorld';
import { FakeRepository } from '../__testUtils__/FakeRepository';

jest.setTimeout(60_000);

const ann = 'user:default/ann';

async function start(denied: string[] = []) {
  const registry = actionsRegistryServiceMock({
    logger: mockServices.logger.mock(),
  });
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const repository = new FakeRepository();
  repository.files = {
    'site-down.md': `---
id: site-down
alerts: [SiteDown]
---
# Site down

1. Look:

   \`\`\`bash
   curl $HOST
   \`\`\`

2. Roll back.
`,
  };
  const started = await startPlugin({
    entities: [testEntity('component:default/web')],
    policy: { denied },
    config: {
      observability: {
        runbooks: { locations: 'https://github.com/acme/crm/tree/main/docs' },
      },
    },
    features: [
      auditor.factory,
      mockServices.urlReader.mock(repository.reader).factory,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => registry,
      }),
    ],
  });
  await started.follow();
  await started.run('read-runbooks');
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
  return { invoke, auditor, event, server: started.server };
}

describe('actions of runbooks', () => {
  it('find the runbook of an alert, and read it with what is still open in it', async () => {
    const { invoke } = await start();
    await expect(
      invoke('find-runbook', { alert: 'uptime.state', entityRef: 'web' }),
    ).resolves.toEqual({
      runbooks: [
        expect.objectContaining({
          id: 'site-down',
          foundBy: 'alert',
          stepCount: 2,
          freshness: 'never-tested',
        }),
      ],
    });
    await expect(
      invoke('get-runbook', { id: 'site-down' }),
    ).resolves.toMatchObject({
      title: 'Site down',
      steps: [{ commands: [{ text: 'curl $HOST', unresolved: ['HOST'] }] }, {}],
      variables: [{ name: 'HOST' }],
    });
    await expect(invoke('get-runbook', { id: 'none' })).rejects.toThrow(
      'There is no runbook "none"',
    );
  });

  it('record a step under the name of the user, and write down who did so', async () => {
    const { invoke, auditor, event, server } = await start();
    const { body } = await request(server)
      .post('/api/observability/v1/runbooks/site-down/runs')
      .set('Authorization', mockCredentials.user.header(ann));
    await expect(
      invoke('record-runbook-step', { run: body.id, step: 0, state: 'done' }),
    ).resolves.toEqual({
      settledSteps: 1,
      steps: 2,
      nextStep: 'Roll back',
      version: 2,
    });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'runbook-run-step',
        meta: { run: body.id, step: 0, state: 'done' },
      }),
    );
    expect(event.fail).not.toHaveBeenCalled();
    await expect(
      invoke('record-runbook-step', {
        run: body.id,
        step: 0,
        state: 'failed',
        version: 1,
      }),
    ).rejects.toThrow('Somebody else');
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it('do nothing that the user may not do', async () => {
    const { invoke, event } = await start(['observability.runbook.run']);
    await expect(
      invoke('record-runbook-step', { run: 'none', step: 0, state: 'done' }),
    ).rejects.toThrow('observability.runbook.run');
    expect(event.fail).toHaveBeenCalledTimes(1);
  });
});
