import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import axe from 'axe-core';
import { ObservabilityApi, observabilityApiRef } from '../api';
import { OnCallApi, onCallApiRef } from '../oncall/api/OnCallApi';
import { rootRouteRef } from '../routes';

/** Draws a part of the plugin in a portal, in the reader's language. */
export function renderInPortal(
  element: JSX.Element,
  options: {
    language?: string;
    path?: string;
    /** What the parts ask of the back end; without it they must ask nothing. */
    api?: Partial<ObservabilityApi>;
    /** The same for the parts about the watch. */
    onCallApi?: Partial<OnCallApi>;
    /** What the catalog holds. */
    entities?: Entity[];
  } = {},
) {
  const { language = 'en', path = '/', api = {}, onCallApi = {} } = options;
  // The portal remembers the language of the test before.
  localStorage.clear();
  // Styles tell tests nothing, and matching them makes every look-up slow.
  for (const style of document.head.querySelectorAll('style')) {
    style.remove();
  }
  return renderInTestApp(element, {
    apis: [
      [observabilityApiRef, api as ObservabilityApi],
      [onCallApiRef, onCallApi as OnCallApi],
      [
        catalogApiRef,
        new InMemoryCatalogClient({ entities: options.entities }),
      ],
    ],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/observability': rootRouteRef,
    },
    initialRouteEntries: [path],
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                defaultLanguage: language,
                availableLanguages: ['en', 'fr'],
              },
            },
          },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
  });
}

/**
 * What axe finds wrong on the page, as sentences. Colours are left out: there
 * are none without a browser.
 */
export async function findAccessibilityProblems(): Promise<string[]> {
  // Asked for while looking for icon fonts; jsdom has none to give.
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  // What the announcer once said may name what is gone by now.
  const page = { include: [['body']], exclude: [['[data-live-announcer]']] };
  const { violations } = await axe.run(page, {
    resultTypes: ['violations'],
    rules: {
      'color-contrast': { enabled: false },
      // The parts are drawn without the portal's page around them.
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`,
  );
}
