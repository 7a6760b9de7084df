import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { observabilityApiRef } from '../api/ObservabilityApi';
import { ObservabilityClient } from '../api/ObservabilityClient';

export const observabilityApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: observabilityApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ObservabilityClient({ fetchApi }),
    }),
});
