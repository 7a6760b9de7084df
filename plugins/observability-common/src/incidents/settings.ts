import { Severity } from '../model';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * When somebody has to be on it: after a span of elapsed time, or on the next
 * business day at a time of the clocks of the schedule's zone.
 *
 * @public
 */
export type AcknowledgeLimit =
  | { withinSeconds: number }
  | { nextBusinessDayAt: string };

/**
 * What a severity asks of people. What is left out has no clock.
 *
 * @public
 */
export interface SeveritySettings {
  acknowledge?: AcknowledgeLimit;
  /** How often people outside are told something. */
  updateEverySeconds?: number;
  /** How long after its resolution the postmortem is due; without it, none is asked for. */
  postmortemWithinSeconds?: number;
}

/**
 * The rules of a team for its incidents.
 *
 * @public
 */
export interface IncidentSettings {
  severities: Record<Severity, SeveritySettings>;
  /** From declaring to leaving triage. */
  triageWithinSeconds: number;
  /** From declaring to knowing what to do. */
  investigationWithinSeconds: number;
  /** How long it has to stay quiet before it is resolved. */
  monitoringSeconds: number;
}

/**
 * The defaults: acknowledged within 5 minutes, half an hour, on the next business
 * day, never; told about every quarter and every half of an hour.
 *
 * @public
 */
export const DEFAULT_INCIDENT_SETTINGS: IncidentSettings = {
  severities: {
    'SEV-1': {
      acknowledge: { withinSeconds: 5 * MINUTE },
      updateEverySeconds: 15 * MINUTE,
      postmortemWithinSeconds: 48 * HOUR,
    },
    'SEV-2': {
      acknowledge: { withinSeconds: 30 * MINUTE },
      updateEverySeconds: 30 * MINUTE,
      postmortemWithinSeconds: 48 * HOUR,
    },
    'SEV-3': { acknowledge: { nextBusinessDayAt: '10:00' } },
    'SEV-4': {},
  },
  triageWithinSeconds: 5 * MINUTE,
  investigationWithinSeconds: 15 * MINUTE,
  monitoringSeconds: 15 * MINUTE,
};
