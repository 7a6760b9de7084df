import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  ActionsRegistryService,
} from '@backstage/backend-plugin-api/alpha';
import { startTestBackend } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleObservability from './index';

/** Starts a catalog with the module. */
async function startCatalog() {
  const actions = actionsRegistryServiceMock();
  const { server } = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleObservability,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: (): ActionsRegistryService => actions,
      }),
    ],
  });
  return {
    /** The model as the catalog describes it to agents. */
    async describeModel(): Promise<string> {
      const { output } = await actions.invoke({
        id: 'test:get-catalog-model-description',
        input: {},
      });
      return (output as { description: string }).description;
    },
    /** What the catalog says to a component with these annotations. */
    async validate(annotations: Record<string, unknown>) {
      const response = await fetch(
        `http://localhost:${server.port()}/api/catalog/validate-entity`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            location: 'url:https://example.com/catalog-info.yaml',
            entity: {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'crm-api', annotations },
              spec: {
                type: 'service',
                lifecycle: 'production',
                owner: 'group:crm',
              },
            },
          }),
        },
      );
      return { status: response.status, body: await response.text() };
    },
  };
}

describe('catalogModuleObservability', () => {
  it('declares the annotations, beside all kinds that the catalog has anyway', async () => {
    const { describeModel } = await startCatalog();
    const description = await describeModel();
    for (const name of [
      'thresholds',
      'on-call',
      'runbooks',
      'postmortems',
      'http-checks',
      'postgres',
    ]) {
      expect(description).toContain(`### Annotation "watchkeeper.io/${name}"`);
    }
    for (const kind of ['Component', 'API', 'Resource', 'System', 'Group']) {
      expect(description).toContain(`### Entity Kind "${kind}"`);
    }
  });

  it('never makes the catalog refuse an entity for what an annotation says', async () => {
    const { validate } = await startCatalog();
    await expect(
      validate({
        'watchkeeper.io/thresholds': '{ "errors.rate": ',
        'watchkeeper.io/runbooks': '',
        'watchkeeper.io/on-call': ' , nobody knows,',
        'watchkeeper.io/of-a-later-version': 'yes',
      }),
    ).resolves.toMatchObject({ status: 200 });
    // The same question has another answer where the catalog itself objects.
    await expect(
      validate({ 'watchkeeper.io/on-call': 7 }),
    ).resolves.toMatchObject({
      status: 400,
      body: expect.stringContaining('on-call must be string'),
    });
  });
});
