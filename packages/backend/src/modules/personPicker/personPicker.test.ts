import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import personPicker from '.';

function user(
  name: string,
  options: { teams: string[]; role?: string },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { namespace: 'default', name, description: options.role },
    spec: {
      profile: { displayName: name.toLocaleUpperCase('en-US') },
      memberOf: options.teams,
    },
    relations: options.teams.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

async function startAuth() {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      personPicker,
      catalogServiceMock.factory({
        entities: [
          user('guest', { teams: ['visitors'] }),
          user('bea', { teams: ['crm'], role: 'Engineer' }),
          user('ada', { teams: ['crm'] }),
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { namespace: 'default', name: 'bea' },
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { providers: { 'person-picker': {} } },
        },
      }),
    ],
  });
  return server;
}

function signIn(server: Parameters<typeof request>[0], person?: string) {
  const call = request(server).post('/api/auth/person-picker/refresh');
  return person === undefined ? call : call.set('x-person-entity-ref', person);
}

describe('person picker', () => {
  const environment = process.env.NODE_ENV;

  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: environment });
  });

  it('offers the people of the catalog, those of the largest team first', async () => {
    const server = await startAuth();

    const response = await request(server).get(
      '/api/auth/person-picker/people',
    );

    expect(response.status).toBe(200);
    expect(response.body.people).toEqual([
      { userEntityRef: 'user:default/ada', displayName: 'ADA', teams: ['crm'] },
      {
        userEntityRef: 'user:default/bea',
        displayName: 'BEA',
        role: 'Engineer',
        teams: ['crm'],
      },
      {
        userEntityRef: 'user:default/guest',
        displayName: 'GUEST',
        teams: ['visitors'],
      },
    ]);
  });

  it('signs in as the chosen person, with what they own', async () => {
    const server = await startAuth();

    const response = await signIn(server, 'user:default/bea');

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      profile: { displayName: 'BEA' },
      backstageIdentity: {
        token: expect.stringMatching(/^ey/),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/bea',
          ownershipEntityRefs: ['user:default/bea', 'group:default/crm'],
        },
      },
    });
  });

  it('refuses whom the catalog does not know, and what is no person', async () => {
    const server = await startAuth();

    for (const [person, status] of [
      ['user:default/nobody', 404],
      ['component:default/bea', 400],
      ['user:/', 400],
      [undefined, 400],
    ] as const) {
      const response = await signIn(server, person);

      expect([person, response.status]).toEqual([person, status]);
      expect(response.text).not.toMatch(/backstageIdentity|"token"/);
    }
  });

  it('signs nobody in and names nobody in production, or where nothing says that it is not', async () => {
    const server = await startAuth();

    for (const value of ['production', '']) {
      process.env = { ...process.env, NODE_ENV: value as 'production' };

      for (const response of [
        await signIn(server, 'user:default/bea'),
        await request(server).get('/api/auth/person-picker/people'),
      ]) {
        expect(response.status).toBe(403);
        expect(response.body.error.message).toContain('development only');
        expect(response.text).not.toMatch(/bea/i);
      }
    }
  });
});
