import { SchedulerService } from '@backstage/backend-plugin-api';
import { OutboxSender } from './OutboxSender';

/** Schedules the sending of notifications. A message is claimed, so several replicas may send at once. */
export async function scheduleOutbox(options: {
  scheduler: SchedulerService;
  sender: OutboxSender;
}): Promise<void> {
  await options.scheduler.scheduleTask({
    id: 'observability-send-notifications',
    frequency: { seconds: 10 },
    timeout: { minutes: 1 },
    initialDelay: { seconds: 10 },
    scope: 'global',
    fn: signal => options.sender.run(signal),
  });
}
