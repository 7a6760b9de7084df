import { IdentityApi } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { SignInPage } from './SignInPage';

const BASE = 'http://localhost/api/auth/person-picker';

const people = [
  {
    userEntityRef: 'user:default/ada',
    displayName: 'Ada',
    role: 'Engineer, on call in week 1',
  },
  { userEntityRef: 'user:default/bea', displayName: 'Bea' },
];

const server = setupServer();

function answerPeople(answer = () => HttpResponse.json<object>({ people })) {
  server.use(http.get(`${BASE}/people`, answer));
}

function failure(status: number, message: string) {
  return () =>
    HttpResponse.json<object>(
      { error: { name: 'Error', message }, response: { statusCode: status } },
      { status },
    );
}

/** Answers sign-ins, and keeps for whom they were. */
function answerSignIn(expiresInSeconds = 3600) {
  const signedIn: Array<string | null> = [];
  server.use(
    http.post(`${BASE}/refresh`, ({ request }) => {
      const userEntityRef = request.headers.get('x-person-entity-ref');
      signedIn.push(userEntityRef);
      return HttpResponse.json({
        profile: { displayName: 'Ada' },
        backstageIdentity: {
          token: `token-${signedIn.length}`,
          expiresInSeconds,
          identity: {
            type: 'user',
            userEntityRef,
            ownershipEntityRefs: [userEntityRef],
          },
        },
      });
    }),
  );
  return signedIn;
}

async function renderPage() {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  await renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    apis: [
      mockApis.discovery({ baseUrl: 'http://localhost' }),
      mockApis.config({ data: { organization: { name: 'VisionCRM' } } }),
    ],
  });
  return onSignInSuccess;
}

describe('SignInPage', () => {
  registerMswTestHooks(server);

  beforeEach(() => {
    localStorage.clear();
  });

  it('signs in as the person who is clicked', async () => {
    answerPeople();
    const signedIn = answerSignIn();
    const onSignInSuccess = await renderPage();

    await userEvent.click(await screen.findByRole('button', { name: /Bea/ }));

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(signedIn).toEqual(['user:default/bea']);
    const identity = onSignInSuccess.mock.calls[0][0];
    expect(await identity.getCredentials()).toEqual({ token: 'token-1' });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/bea',
    });
  });

  it('resumes after a reload, and after a sign-out offers the same person first', async () => {
    answerPeople();
    answerSignIn();
    const first = await renderPage();
    await userEvent.click(await screen.findByRole('button', { name: /Ada/ }));
    await waitFor(() => expect(first).toHaveBeenCalled());

    cleanup();
    const reloaded = await renderPage();
    await waitFor(() => expect(reloaded).toHaveBeenCalledTimes(1));

    await reloaded.mock.calls[0][0].signOut();
    cleanup();
    const signedOut = await renderPage();
    const button = await screen.findByRole('button', { name: /Ada/ });
    expect(button).toHaveFocus();
    expect(button).toHaveTextContent('Last time');
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('renews the token before it ends', async () => {
    answerPeople();
    const signedIn = answerSignIn(120);
    const onSignInSuccess = await renderPage();
    await userEvent.click(await screen.findByRole('button', { name: /Ada/ }));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());

    const identity = onSignInSuccess.mock.calls[0][0];
    const tokens = await Promise.all([
      identity.getCredentials(),
      identity.getCredentials(),
    ]);

    expect(tokens).toEqual([{ token: 'token-2' }, { token: 'token-2' }]);
    expect(signedIn).toHaveLength(2);
  });

  it('says why where the picker is refused', async () => {
    answerPeople(failure(403, 'Give this portal an identity provider'));
    await renderPage();

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('for development only');
    expect(alert).toHaveTextContent('Give this portal an identity provider');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('says why a person could not be signed in, and lets another one be chosen', async () => {
    answerPeople();
    server.use(http.post(`${BASE}/refresh`, failure(404, 'User not found')));
    const onSignInSuccess = await renderPage();

    await userEvent.click(await screen.findByRole('button', { name: /Ada/ }));

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not sign in as Ada');
    expect(alert).toHaveTextContent('User not found');
    expect(screen.getByRole('button', { name: /Bea/ })).toBeEnabled();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
