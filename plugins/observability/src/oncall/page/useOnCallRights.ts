import { usePermission } from '@backstage/plugin-permission-react';
import {
  onCallManagePermission,
  onCallOverridePermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { OnCallRights } from '../timeline/shiftRights';

/** What the reader may change by hand; nothing while that is not known. */
export function useOnCallRights(user: string | undefined): OnCallRights & {
  /** It is known that the reader may change nothing. */
  isReadOnly: boolean;
} {
  const override = usePermission({ permission: onCallOverridePermission });
  const manage = usePermission({ permission: onCallManagePermission });
  const canOverride = override.allowed;
  const canManage = manage.allowed;
  const isReadOnly =
    !override.loading && !manage.loading && !canOverride && !canManage;
  return useMemo(
    () => ({ user, canOverride, canManage, isReadOnly }),
    [user, canOverride, canManage, isReadOnly],
  );
}
