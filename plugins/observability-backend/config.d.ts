import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Watchkeeper, the operations desk. Each vendor's module adds its own section. */
  observability?: {
    /** The pace of every source that does not set its own. Default: every minute, 50 seconds at most. */
    schedule?: Partial<
      Pick<
        SchedulerServiceTaskScheduleDefinitionConfig,
        'frequency' | 'timeout'
      >
    >;
    /**
     * Thresholds that differ from the defaults, by metric: see `docs/configuration.md`.
     * `null` switches a level off.
     */
    thresholds?: {
      [metric: string]: {
        warning?: number | string | null;
        critical?: number | string | null;
        /** How long a breach must last before it counts. */
        for?: HumanDuration | string;
      };
    };
    /** Who has the watch: see `docs/on-call.md`. */
    onCall?: {
      /** Schedules, each as in a file; what cannot be used is told on the on-call page. */
      schedules?: object[];
      /**
       * YAML files of schedules: URLs that the portal's integrations can read, or
       * `file:` and a path relative to the configuration.
       */
      locations?: string | string[];
      /**
       * What is to be done around a shift, each list in place of the default one. An
       * item's `id` stays while its text changes: lower-case letters and digits, with
       * `-` between.
       */
      checklists?: {
        before?: { id: string; text: string }[];
        during?: { id: string; text: string }[];
        after?: { id: string; text: string }[];
      };
    };
    /** What to do when something is wrong: see `docs/runbooks.md`. */
    runbooks?: {
      /**
       * Where runbooks are besides those that entities name: URLs of folders or
       * Markdown files, or patterns of them, that the portal's integrations can
       * read; or `file:` and a folder, file or pattern, relative to the configuration.
       */
      locations?: string | string[];
      /** How often each place is read. Default: every 10 minutes; at least every minute. */
      refresh?: HumanDuration | string;
    };
    /** How long things are kept. */
    retention?: {
      /** Samples as they were read. Default: 48 hours; at least 3 hours, and 27 for percentiles of whole days. */
      rawSamples?: HumanDuration | string;
      /** Samples by the hour. Default: 90 days. */
      hourly?: HumanDuration | string;
      /** Samples by the day, and the days of each monitor. Default: 400 days. */
      daily?: HumanDuration | string;
      /** Outages of monitors, and what they did besides. Default: 400 days; at least 92 days. */
      outages?: HumanDuration | string;
      /** Changes of status. Default: 400 days. */
      transitions?: HumanDuration | string;
    };
  };
}
