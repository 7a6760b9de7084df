import { SchedulerService } from '@backstage/backend-plugin-api';
import { ScheduleSources } from './ScheduleSources';
import { ShiftRecorder } from './ShiftRecorder';

/** Schedules the reading of schedules as code, and the record of shifts that are over. */
export async function scheduleOnCallTasks(options: {
  scheduler: SchedulerService;
  sources: ScheduleSources;
  recorder: ShiftRecorder;
}): Promise<void> {
  const { scheduler, sources, recorder } = options;
  await scheduler.scheduleTask({
    id: 'observability-read-schedules',
    frequency: { minutes: 1 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: signal => sources.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-record-shifts',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: signal => recorder.recordAll(new Date().toISOString(), signal),
  });
}
