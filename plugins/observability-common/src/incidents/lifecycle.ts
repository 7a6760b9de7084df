import { Incident, IncidentState } from '../model';
import { IncidentSettings } from './settings';

/*
 * An incident goes from triage over investigating, mitigating and monitoring to
 * resolved and closed. People in the middle of one must never be held up by the
 * tool, so what should be there before a step is a gate that warns: it is passed
 * with a reason, which stays on the timeline. States may be left out in the same
 * way. What is refused is only what cannot be true.
 */

/** In the order in which they follow one another; `cancelled` stands beside them. */
const ORDER: readonly IncidentState[] = [
  'detected',
  'triage',
  'investigating',
  'mitigating',
  'monitoring',
  'resolved',
  'closed',
];

/**
 * States in which people are at work on it.
 *
 * @public
 */
export const OPEN_INCIDENT_STATES: readonly IncidentState[] = ORDER.slice(0, 5);

/**
 * Whether people are at work on it.
 *
 * @public
 */
export function isOpenIncident(state: IncidentState): boolean {
  return OPEN_INCIDENT_STATES.includes(state);
}

/**
 * Something that should be true before an incident goes on.
 *
 * @public
 */
export interface IncidentGate {
  code:
    | 'commander'
    | 'severity'
    | 'acknowledged'
    | 'verified-in-production'
    | 'monitoring-period'
    | 'postmortem-published'
    | 'skipped-states';
  /** In English. */
  message: string;
}

/**
 * A state that an incident can go to.
 *
 * @public
 */
export interface PossibleMove {
  state: IncidentState;
  /** What is not met; then it asks for a reason. */
  gates: IncidentGate[];
  /** Whether it asks for a reason even where every gate is met. */
  reasonNeeded: boolean;
}

/**
 * What gates look at besides the incident.
 *
 * @public
 */
export interface MoveSituation {
  settings: IncidentSettings;
  now: string;
  /** Whether the postmortem is published; `undefined` where there is none. */
  postmortemPublished?: boolean;
}

/**
 * Where an incident can go from here, the next state first.
 *
 * @public
 */
export function movesOf(
  incident: Incident,
  situation: MoveSituation,
): PossibleMove[] {
  return statesAfter(incident).map(state => ({
    state,
    gates: gatesOf(incident, state, situation),
    reasonNeeded: isOut(state) || isBack(incident.state, state),
  }));
}

/**
 * Whether going to a state is a step back: something was not over after all.
 *
 * @public
 */
export function isBack(from: IncidentState, to: IncidentState): boolean {
  return from === 'cancelled' || ORDER.indexOf(to) < ORDER.indexOf(from);
}

function isOut(state: IncidentState): boolean {
  return state === 'cancelled';
}

function statesAfter({ state, mergedInto }: Incident): IncidentState[] {
  switch (state) {
    case 'cancelled':
      // A duplicate goes on as the other one.
      return mergedInto ? [] : ['triage'];
    case 'closed':
      return ['investigating'];
    case 'resolved':
      return ['closed', 'monitoring', 'mitigating', 'investigating'];
    default: {
      const place = ORDER.indexOf(state);
      const later = ORDER.slice(place + 1, ORDER.indexOf('closed'));
      const earlier = ORDER.slice(ORDER.indexOf('investigating'), place);
      return [...later, ...earlier.reverse(), 'cancelled'];
    }
  }
}

function gatesOf(
  incident: Incident,
  to: IncidentState,
  situation: MoveSituation,
): IncidentGate[] {
  if (isOut(to) || isBack(incident.state, to)) {
    return [];
  }
  const gates: IncidentGate[] = [];
  const skipped = ORDER.slice(
    ORDER.indexOf(incident.state) + 1,
    ORDER.indexOf(to),
  );
  const isPast = (state: IncidentState) =>
    ORDER.indexOf(incident.state) < ORDER.indexOf(state) &&
    ORDER.indexOf(to) >= ORDER.indexOf(state);

  if (skipped.length > 0) {
    gates.push({
      code: 'skipped-states',
      message: `It was not ${skipped.join(', ')} before`,
    });
  }
  if (isPast('investigating')) {
    if (!incident.roles.commander) {
      gates.push({ code: 'commander', message: 'Nobody has the lead' });
    }
    if (!incident.severityConfirmed) {
      gates.push({
        code: 'severity',
        message: `Nobody has confirmed ${incident.severity}`,
      });
    }
  }
  if (isPast('monitoring') && !incident.verifiedInProduction) {
    gates.push({
      code: 'verified-in-production',
      message: 'Nobody has verified in production that it is over',
    });
  }
  if (to === 'resolved' && incident.state === 'monitoring') {
    gates.push(...monitoringGate(incident, situation));
  }
  if (
    to === 'closed' &&
    situation.settings.severities[incident.severity].postmortemWithinSeconds !==
      undefined &&
    !situation.postmortemPublished
  ) {
    gates.push({
      code: 'postmortem-published',
      message: `${incident.severity} asks for a postmortem, and it is not published`,
    });
  }
  return gates;
}

function monitoringGate(
  { monitoringUntil }: Incident,
  { now }: MoveSituation,
): IncidentGate[] {
  if (monitoringUntil === undefined || monitoringUntil <= now) {
    return [];
  }
  const minutes = Math.ceil(
    (Date.parse(monitoringUntil) - Date.parse(now)) / 60_000,
  );
  return [
    {
      code: 'monitoring-period',
      message: `It has to stay quiet for ${minutes} more ${
        minutes === 1 ? 'minute' : 'minutes'
      }`,
    },
  ];
}
