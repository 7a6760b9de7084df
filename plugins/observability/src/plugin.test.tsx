import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { apiEntity, systemEntity } from './__fixtures__/entities';
import { createFleet } from './__fixtures__/fleet';
import { listFleet } from './__fixtures__/listFleet';
import { allWellReport } from './__fixtures__/operationsReports';
import { criticalReport } from './__fixtures__/reports';
import {
  EntityHealthBadge,
  EntityHealthCard,
  EntityHealthContent,
  EntityPublicStatusCard,
  isHealthAvailable,
  isPublicStatusAvailable,
  observabilityApiRef,
  ObservabilityPage,
  observabilityPlugin,
} from './index';

jest.setTimeout(60_000);

describe('the plugin for the legacy frontend system', () => {
  const api = {
    getEntityReport: jest.fn(async () => criticalReport(Date.now())),
    listEntityHealth: jest.fn(async () =>
      listFleet(createFleet(Date.now()).slice(0, 3), [], {}),
    ),
    getSeries: jest.fn(),
    refreshEntity: jest.fn(),
  };
  const show = (path: string, element: JSX.Element) =>
    renderInTestApp(
      <TestApiProvider apis={[[observabilityApiRef, api]]}>
        <Routes>
          <Route path={path} element={element} />
        </Routes>
      </TestApiProvider>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
        routeEntries: [path],
      },
    );

  it('shows the page of all services with a header of its own', async () => {
    await show('/observability', <ObservabilityPage />);
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
    expect(
      screen.getByRole('heading', { name: 'Observability' }),
    ).toBeInTheDocument();
  });

  it('shows the badge, the card and the tab of an entity over one reading', async () => {
    await show(
      '/health',
      <EntityProvider entity={apiEntity}>
        <EntityHealthBadge />
        <EntityHealthCard />
        <EntityHealthContent />
      </EntityProvider>,
    );
    expect(
      await screen.findAllByText('Error rate', undefined, { timeout: 20_000 }),
    ).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: /^Health: ?Critical/ }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/visioncrm-api/health',
    );
    expect(api.getEntityReport).toHaveBeenCalledTimes(1);
  });

  it('shows the public status where somebody watches whether it is up', async () => {
    api.getEntityReport.mockResolvedValue(allWellReport(Date.now()));
    // Another service: what was read of the first a moment ago is still known.
    const watched = {
      ...apiEntity,
      metadata: {
        ...apiEntity.metadata,
        name: 'watched',
        annotations: { 'watchkeeper.io/http-checks': 'watched' },
      },
    };
    await show(
      '/',
      <EntityProvider entity={watched}>
        <EntityPublicStatusCard />
      </EntityProvider>,
    );
    expect(
      await screen.findByText('All is operational', undefined, {
        timeout: 20_000,
      }),
    ).toBeInTheDocument();
    expect(isPublicStatusAvailable(watched)).toBe(true);
    expect(isPublicStatusAvailable(apiEntity)).toBe(false);
  });

  it('is there for the kinds that have health', () => {
    expect(isHealthAvailable(apiEntity)).toBe(true);
    expect(isHealthAvailable(systemEntity)).toBe(true);
    expect(isHealthAvailable({ ...apiEntity, kind: 'User' })).toBe(false);
    expect(
      [...observabilityPlugin.getApis()].map(({ api: { id } }) => id),
    ).toEqual(['plugin.observability.client', 'plugin.observability.on-call']);
  });
});
