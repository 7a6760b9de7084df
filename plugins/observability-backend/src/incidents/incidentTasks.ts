import { SchedulerService } from '@backstage/backend-plugin-api';
import { IncidentClocks } from './IncidentClocks';
import { IncidentFeed } from './IncidentFeed';

/** Schedules what happens in incidents without anybody doing it. */
export async function scheduleIncidentTasks(options: {
  scheduler: SchedulerService;
  clocks: IncidentClocks;
  feed: IncidentFeed;
}): Promise<void> {
  const { scheduler, clocks, feed } = options;
  await scheduler.scheduleTask({
    id: 'observability-incident-clocks',
    frequency: { seconds: 30 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: signal => clocks.run(new Date(), signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-incident-timelines',
    frequency: { seconds: 30 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: signal => feed.run(new Date(), signal),
  });
}
