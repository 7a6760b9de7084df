import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';

/** Who reads the page, and for which groups they stand; nobody while that is not known. */
export function useReader(): { user?: string; groups: readonly string[] } {
  const identityApi = useApi(identityApiRef);
  const { value } = useAsync(
    () => identityApi.getBackstageIdentity(),
    [identityApi],
  );
  return {
    user: value?.userEntityRef.toLowerCase(),
    groups: value?.ownershipEntityRefs.map(ref => ref.toLowerCase()) ?? [],
  };
}
