import { useApi } from '@backstage/core-plugin-api';
import {
  NewOverride,
  NewSwap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { TimelineWindow } from '../timeline/timelineWindow';
import { onCallApiRef } from './OnCallApi';
import { reloadOnCall } from './onCallResources';

/** What people change by hand. Each rejects when it was not done. */
export interface ScheduleActions {
  override(override: NewOverride): Promise<void>;
  removeOverride(id: string): Promise<void>;
  askForCover(swap: NewSwap): Promise<void>;
  take(swapId: string): Promise<void>;
  cancel(swapId: string): Promise<void>;
}

/** The changes to a schedule; what the page shows of it follows. */
export function useScheduleActions(
  name: string,
  window: TimelineWindow,
): ScheduleActions {
  const api = useApi(onCallApiRef);
  return useMemo(() => {
    const follow = async (change: Promise<void>) => {
      await change;
      reloadOnCall(api, name, window);
    };
    return {
      override: override => follow(api.createOverride(name, override)),
      removeOverride: id => follow(api.deleteOverride(name, id)),
      askForCover: swap => follow(api.createSwap(name, swap)),
      take: id => follow(api.takeSwap(id)),
      cancel: id => follow(api.cancelSwap(id)),
    };
  }, [api, name, window]);
}
