import type { PagerDutyModel } from './PagerDutyModel';
import type {
  PagerDutyPolicy,
  PagerDutySchedule,
  PagerDutyService,
  PagerDutyUser,
} from './world/types';

const SITE = 'https://visioncrm.pagerduty.com';
const API = 'https://api.pagerduty.com';

/** A thing by its id, with the pages about it. */
function reference(type: string, path: string, id: string, summary: string) {
  return {
    id,
    type,
    summary,
    self: `${API}/${path}/${id}`,
    html_url: `${SITE}/${path}/${id}`,
  };
}

export function userReference({ id, name }: PagerDutyUser) {
  return reference('user_reference', 'users', id, name);
}

export function userView(user: PagerDutyUser) {
  const { name, email } = user;
  return {
    ...userReference(user),
    type: 'user',
    name,
    email,
    time_zone: 'Europe/Paris',
    color: 'purple',
    role: 'user',
    description: null,
    invitation_sent: false,
    job_title: 'Engineer',
    teams: [],
    contact_methods: [],
    notification_rules: [],
  };
}

export function scheduleReference({ id, name, family }: PagerDutySchedule) {
  return reference(
    family === 'shifts' ? 'schedule_v3_reference' : 'schedule_reference',
    'schedules',
    id,
    name,
  );
}

/** Expanded, where it was asked for; one made of shifts keeps its own kind. */
export function scheduleView(schedule: PagerDutySchedule, isWhole: boolean) {
  const { family, name, timeZone } = schedule;
  return isWhole
    ? {
        ...scheduleReference(schedule),
        type: family === 'shifts' ? 'schedule_v3' : 'schedule',
        name,
        time_zone: timeZone,
      }
    : scheduleReference(schedule);
}

export function policyReference({ id, name }: PagerDutyPolicy) {
  return reference(
    'escalation_policy_reference',
    'escalation_policies',
    id,
    name,
  );
}

export function policyView(policy: PagerDutyPolicy, model: PagerDutyModel) {
  return {
    ...policyReference(policy),
    type: 'escalation_policy',
    name: policy.name,
    num_loops: 1,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: policy.levels.map(({ schedules, users }, index) => ({
      id: `${policy.id}R${index + 1}`,
      escalation_delay_in_minutes: 15,
      targets: [
        ...(schedules ?? []).flatMap(id => {
          const schedule = model.schedule(id);
          return schedule ? [scheduleReference(schedule)] : [];
        }),
        ...(users ?? []).map(id => userReference(model.user(id))),
      ],
    })),
    services: model.world.services
      .filter(service => service.policy === policy.id)
      .map(({ id, name }) =>
        reference('service_reference', 'services', id, name),
      ),
    teams: [],
  };
}

export function serviceView(
  service: PagerDutyService,
  model: PagerDutyModel,
  include: readonly string[],
) {
  const { id, name, integrationKeys } = service;
  const policy = model.policy(service.policy);
  return {
    ...reference('service', 'services', id, name),
    name,
    description: name,
    status: 'active',
    created_at: '2025-01-06T09:00:00+01:00',
    last_incident_timestamp: '2026-11-02T04:12:00Z',
    alert_creation: 'create_alerts_and_incidents',
    teams: [],
    escalation_policy: include.includes('escalation_policies')
      ? policyView(policy, model)
      : policyReference(policy),
    integrations: integrationKeys.map((key, index) => {
      const integration = reference(
        'events_api_v2_inbound_integration_reference',
        `services/${id}/integrations`,
        `${id}I${index + 1}`,
        'Events API v2',
      );
      return include.includes('integrations')
        ? {
            ...integration,
            type: 'events_api_v2_inbound_integration',
            name: 'Events API v2',
            integration_key: key,
          }
        : integration;
    }),
  };
}
