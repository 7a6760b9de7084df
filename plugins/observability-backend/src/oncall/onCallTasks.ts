import { SchedulerService } from '@backstage/backend-plugin-api';
import { HandoffWatcher } from './HandoffWatcher';
import { OnCallWarner } from './OnCallWarner';
import { OnCallReminder } from './reminders/OnCallReminder';
import { SwapFollower } from './reminders/SwapFollower';
import { ScheduleSources } from './ScheduleSources';
import { ShiftRecorder } from './ShiftRecorder';

/** Schedules the reading of schedules as code, the record of shifts that are over, and warnings. */
export async function scheduleOnCallTasks(options: {
  scheduler: SchedulerService;
  sources: ScheduleSources;
  recorder: ShiftRecorder;
  warner: OnCallWarner;
  handoffs: HandoffWatcher;
  swaps: Pick<SwapFollower, 'follow'>;
  reminder: OnCallReminder;
}): Promise<void> {
  const { scheduler, sources, recorder, warner, handoffs } = options;
  const { swaps, reminder } = options;
  await scheduler.scheduleTask({
    id: 'observability-read-schedules',
    frequency: { minutes: 1 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: async signal => {
      await sources.run(signal);
      await swaps.follow(new Date());
      await handoffs.run(new Date());
    },
  });
  await scheduler.scheduleTask({
    id: 'observability-remind-of-shifts',
    frequency: { minutes: 1 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: signal => reminder.run(new Date(), signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-record-shifts',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: signal => recorder.recordAll(new Date().toISOString(), signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-warn-of-schedules',
    frequency: { days: 1 },
    timeout: { minutes: 10 },
    // When the catalog of a fresh portal has its people.
    initialDelay: { minutes: 10 },
    scope: 'global',
    fn: signal => warner.run(new Date().toISOString(), signal),
  });
}
