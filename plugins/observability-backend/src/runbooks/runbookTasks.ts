import { SchedulerService } from '@backstage/backend-plugin-api';
import { CoverageService } from './coverage/CoverageService';
import { LinkChecker } from './links/LinkChecker';
import { RunbookReminder } from './reminders/RunbookReminder';
import { RunbookCollector } from './sources/RunbookCollector';

/** Schedules the reading of runbooks, and what keeps them honest. */
export async function scheduleRunbookTasks(options: {
  scheduler: SchedulerService;
  collector: RunbookCollector;
  coverage: CoverageService;
  links: LinkChecker;
  reminder: RunbookReminder;
}): Promise<void> {
  const { scheduler, collector, coverage, links, reminder } = options;
  await scheduler.scheduleTask({
    id: 'observability-read-runbooks',
    // Each place has its own time; a new one is read within a minute.
    frequency: { minutes: 1 },
    timeout: { minutes: 10 },
    initialDelay: { seconds: 5 },
    scope: 'global',
    fn: signal => collector.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-record-runbook-coverage',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 2 },
    scope: 'global',
    fn: () => coverage.record(),
  });
  await scheduler.scheduleTask({
    id: 'observability-check-runbook-links',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 3 },
    scope: 'global',
    fn: signal => links.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'observability-remind-of-runbooks',
    frequency: { days: 1 },
    timeout: { minutes: 10 },
    // When the runbooks of a fresh portal have been read.
    initialDelay: { minutes: 15 },
    scope: 'global',
    fn: signal => reminder.run(new Date(), signal),
  });
}
