import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import {
  ApiBlueprint,
  coreExtensionData,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { apiEntity, systemEntity } from '../__fixtures__/entities';
import { createFleet } from '../__fixtures__/fleet';
import { listFleet } from '../__fixtures__/listFleet';
import { criticalReport } from '../__fixtures__/reports';
import { observabilityApiRef } from '../api';
import { onCallApiRef } from '../oncall/api/OnCallApi';
import { rootRouteRef } from '../routes';
import { observabilityApi, onCallApi } from './apis';
import { healthEntityCard, publicStatusEntityCard } from './entityCards';
import { healthEntityContent } from './entityContents';
import { healthEntityIconLink } from './entityIconLinks';
import plugin from './index';
import { observabilityPage } from './pages';

jest.setTimeout(60_000);

const userEntity = { ...systemEntity, kind: 'User' };

function createApi() {
  return {
    getEntityReport: jest.fn(async () => criticalReport(Date.now())),
    listEntityHealth: jest.fn(async () =>
      listFleet(createFleet(Date.now()).slice(0, 3), [], {}),
    ),
    getSeries: jest.fn(),
    refreshEntity: jest.fn(),
  };
}

describe('the plugin for the new frontend system', () => {
  it('names its extensions as the README does', () => {
    expect(
      [
        'api:observability',
        'api:observability/on-call',
        'page:observability',
        'entity-content:observability/health',
        'entity-card:observability/health',
        'entity-card:observability/public-status',
        'entity-card:observability/on-call',
        'entity-icon-link:observability/health',
        'home-page-widget:observability/on-call',
      ].map(id => plugin.getExtension(id as 'page:observability').$$type),
    ).toEqual(Array(9).fill('@backstage/ExtensionDefinition'));
  });

  it('shows all services under /observability', async () => {
    const api = createApi();
    const tester = createExtensionTester(observabilityPage);
    expect(tester.get(coreExtensionData.routePath)).toBe('/observability');
    expect(tester.get(coreExtensionData.title)).toBe('Observability');
    expect(tester.get(coreExtensionData.routeRef)).toBe(rootRouteRef);

    renderTestApp({
      features: [plugin, catalogPlugin],
      apis: [
        [observabilityApiRef, api],
        [catalogApiRef, new InMemoryCatalogClient()],
      ],
      initialRouteEntries: ['/observability?status=critical'],
    });
    expect(
      await screen.findByRole(
        'link',
        { name: 'billing-webhooks' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/billing-webhooks/health',
    );
    expect(api.listEntityHealth).toHaveBeenCalledTimes(1);
  });

  it('leads from the services to who is on call', async () => {
    const onCall = {
      listOnCall: async () => [],
      listMyShifts: async () => [],
      listSchedules: async () => ({ items: [], problems: [] }),
    };
    renderTestApp({
      features: [plugin, catalogPlugin],
      apis: [
        [observabilityApiRef, createApi()],
        [onCallApiRef, onCall],
        [catalogApiRef, new InMemoryCatalogClient()],
      ],
      initialRouteEntries: ['/observability'],
    });
    fireEvent.click(
      await screen.findByRole('link', { name: 'On-call' }, { timeout: 20_000 }),
    );
    expect(
      await screen.findByText('There is no schedule yet', undefined, {
        timeout: 20_000,
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Services' })).toHaveAttribute(
      'href',
      '/observability',
    );
  });

  it('adds a tab in the observability group to every kind that has health', async () => {
    const tester = createExtensionTester(healthEntityContent);
    expect(tester.get(coreExtensionData.routePath)).toBe('/health');
    expect(tester.get(EntityContentBlueprint.dataRefs.title)).toBe('Health');
    expect(tester.get(EntityContentBlueprint.dataRefs.group)).toBe(
      'observability',
    );
    const filter = tester.get(EntityContentBlueprint.dataRefs.filterFunction);
    expect([apiEntity, systemEntity, userEntity].map(e => filter?.(e))).toEqual(
      [true, true, false],
    );
  });

  it('asks once for the card and the tab of one page', async () => {
    const api = createApi();
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: apiEntity }),
        healthEntityCard,
        healthEntityContent,
      ],
      apis: [[observabilityApiRef, api]],
    });
    await waitFor(
      () => expect(screen.getAllByText('Error rate')).toHaveLength(2),
      { timeout: 20_000 },
    );
    expect(api.getEntityReport).toHaveBeenCalledTimes(1);
    expect(api.getEntityReport).toHaveBeenCalledWith(
      'component:default/visioncrm-api',
      expect.anything(),
    );
  });

  it('lets the portal choose where its card and tab stand', () => {
    const card = createExtensionTester(healthEntityCard, {
      config: { type: 'content', filter: { kind: 'api' } },
    });
    expect(card.get(EntityCardBlueprint.dataRefs.type)).toBe('content');
    expect(
      card.get(EntityCardBlueprint.dataRefs.filterFunction)?.(apiEntity),
    ).toBe(false);
    const content = createExtensionTester(healthEntityContent, {
      config: { title: 'Status', group: 'operation' },
    });
    expect(content.get(EntityContentBlueprint.dataRefs.title)).toBe('Status');
    expect(content.get(EntityContentBlueprint.dataRefs.group)).toBe(
      'operation',
    );
  });

  it('offers the public status where a source of uptime is named', () => {
    const filter = createExtensionTester(publicStatusEntityCard).get(
      EntityCardBlueprint.dataRefs.filterFunction,
    );
    const watched = {
      ...apiEntity,
      metadata: {
        ...apiEntity.metadata,
        annotations: { 'watchkeeper.io/http-checks': 'web' },
      },
    };
    expect(filter?.(watched)).toBe(true);
    expect(filter?.({ ...watched, kind: 'Group' })).toBe(false);
    expect(filter?.(apiEntity)).toBe(false);
  });

  it('links to the Health tab from the About card', () => {
    const filter = createExtensionTester(healthEntityIconLink).get(
      EntityIconLinkBlueprint.dataRefs.filterFunction,
    );
    expect(filter?.(apiEntity)).toBe(true);
    expect(filter?.(userEntity)).toBe(false);
  });

  it('reads over HTTP unless the portal gives it another API', async () => {
    const factory = createExtensionTester(observabilityApi).get(
      ApiBlueprint.dataRefs.factory,
    );
    const fetchApi = mockApis.fetch({ baseImplementation: 'none' });
    expect(factory.api).toBe(observabilityApiRef);
    expect(factory.factory({ fetchApi })).toHaveProperty('getEntityReport');

    const onCall = createExtensionTester(onCallApi).get(
      ApiBlueprint.dataRefs.factory,
    );
    expect(onCall.api).toBe(onCallApiRef);
    expect(onCall.factory({ fetchApi })).toHaveProperty('listSchedules');
  });
});
