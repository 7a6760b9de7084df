import { SchedulerService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { UptimeService } from './UptimeService';

/** Schedules the task that sums up the days that are over. `outages`: how long intervals are kept. */
export async function scheduleUptimeSums(options: {
  scheduler: SchedulerService;
  uptime: UptimeService;
  outages: HumanDuration;
}): Promise<void> {
  const { scheduler, uptime, outages } = options;
  await scheduler.scheduleTask({
    id: 'observability-sum-up-uptime',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: async signal => {
      const notBefore = new Date(Date.now() - durationToMilliseconds(outages));
      await uptime.sumUpDays({ notBefore, signal });
    },
  });
}
