import { DatabaseLimitation } from '@watchkeeper/backstage-plugin-observability-common';

/** What is read of a project, each by itself and at its own pace. */
export const PART_NAMES = [
  'metrics',
  'services',
  'slowQueries',
  'backups',
  'performanceAdvice',
  'securityAdvice',
  'diskUsage',
  'readOnly',
  'settings',
] as const;
/** See {@link PART_NAMES}. */
export type PartName = (typeof PART_NAMES)[number];

interface Part {
  /** How often it is read. */
  intervalSeconds: number;
  area: DatabaseLimitation['area'];
  /** Whether thresholds hang on it, so that its failing must not pass for well. */
  measured: boolean;
  /** Where it stands in the words "… is not known". */
  subject: string;
}

const MINUTE = 60;
const HOUR = 3600;

/** Each part: the faster it changes, the oftener it is read. */
export const PARTS: Record<PartName, Part> = {
  metrics: {
    intervalSeconds: MINUTE,
    area: 'metrics',
    measured: true,
    subject: 'CPU, memory, disk and connections',
  },
  services: {
    intervalSeconds: MINUTE,
    area: 'services',
    measured: false,
    subject: 'The health of services',
  },
  slowQueries: {
    intervalSeconds: 5 * MINUTE,
    area: 'slow-queries',
    measured: true,
    subject: 'Slow queries',
  },
  backups: {
    intervalSeconds: HOUR,
    area: 'backups',
    measured: true,
    subject: 'Backups',
  },
  performanceAdvice: {
    intervalSeconds: HOUR,
    area: 'advisories',
    measured: false,
    subject: 'Advice on performance',
  },
  securityAdvice: {
    intervalSeconds: HOUR,
    area: 'advisories',
    measured: false,
    subject: 'Advice on security',
  },
  // The next three only where metrics do not tell.
  diskUsage: {
    intervalSeconds: 5 * MINUTE,
    area: 'disk',
    measured: true,
    subject: 'Disk usage',
  },
  readOnly: {
    intervalSeconds: 5 * MINUTE,
    area: 'disk',
    measured: false,
    subject: 'Whether the database takes writes',
  },
  settings: {
    intervalSeconds: HOUR,
    area: 'metrics',
    measured: true,
    subject: 'The most connections that there may be',
  },
};
