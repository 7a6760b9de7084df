import { discoveryApiRef } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  registerMswTestHooks,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { PropsWithChildren } from 'react';
import { usePeople } from './usePeople';

const server = setupServer();

function Apis(props: PropsWithChildren) {
  return (
    <TestApiProvider
      apis={[
        [discoveryApiRef, mockApis.discovery({ baseUrl: 'http://localhost' })],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
}

describe('usePeople', () => {
  registerMswTestHooks(server);

  it('goes on asking while the portal starts and the catalog is empty', async () => {
    const ada = { userEntityRef: 'user:default/ada', displayName: 'Ada' };
    const answers = [
      () => HttpResponse.error(),
      () => HttpResponse.json({}, { status: 503 }),
      () => HttpResponse.json({ people: [] }),
      () => HttpResponse.json({ people: [ada] }),
    ];
    let asked = 0;
    server.use(
      http.get('http://localhost/api/auth/person-picker/people', () =>
        answers[asked++](),
      ),
    );
    const seen = new Set<string>();

    const { result } = renderHook(
      () => {
        const state = usePeople({ retryMs: 1 });
        seen.add(state.status);
        return state;
      },
      { wrapper: Apis },
    );

    await waitFor(() =>
      expect(result.current).toEqual({ status: 'loaded', people: [ada] }),
    );
    expect([...seen]).toEqual(['loading', 'starting', 'loaded']);
    expect(asked).toBe(4);
  });
});
