import {
  ChecklistItem,
  DEFAULT_CHECKLIST,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Translate } from '../../shared';

const KEYS = {
  'test-notifications': 'testNotifications',
  'review-incidents': 'reviewIncidents',
  'charge-devices': 'chargeDevices',
  'know-escalation': 'knowEscalation',
  'check-access': 'checkAccess',
  'check-alerts': 'checkAlerts',
  'follow-incident-channel': 'followIncidentChannel',
  'answer-in-time': 'answerInTime',
  'write-down-actions': 'writeDownActions',
  'hand-off': 'handOff',
  'write-down-issues': 'writeDownIssues',
  'suggest-improvements': 'suggestImprovements',
} as const;

function isTranslated(id: string): id is keyof typeof KEYS {
  return Object.hasOwn(KEYS, id);
}

/** What an item says in the reader's language; one that the portal has worded itself is shown as it is. */
export function checklistText(item: ChecklistItem, t: Translate): string {
  const original = DEFAULT_CHECKLIST.find(({ id }) => id === item.id);
  return original?.text === item.text && isTranslated(item.id)
    ? t(`onCall.checklist.items.${KEYS[item.id]}`)
    : item.text;
}
