import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { observabilityApiRef } from '../api/ObservabilityApi';
import { ObservabilityClient } from '../api/ObservabilityClient';
import { onCallApiRef } from '../oncall/api/OnCallApi';
import { OnCallClient } from '../oncall/api/OnCallClient';

export const observabilityApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: observabilityApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ObservabilityClient({ fetchApi }),
    }),
});

export const onCallApi = ApiBlueprint.make({
  name: 'on-call',
  params: defineParams =>
    defineParams({
      api: onCallApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new OnCallClient({ fetchApi }),
    }),
});
