import { ChecklistItem } from '../model/OnCallHandoff';

/**
 * What is to be done around a shift, unless the configuration says otherwise. The
 * ids are what translations go by.
 *
 * @public
 */
export const DEFAULT_CHECKLIST: readonly ChecklistItem[] = [
  {
    id: 'test-notifications',
    phase: 'before',
    text: 'Send yourself a test notification, and see that it arrives',
  },
  {
    id: 'review-incidents',
    phase: 'before',
    text: 'Read what happened lately: incidents and what came of them',
  },
  {
    id: 'charge-devices',
    phase: 'before',
    text: 'Have your laptop and phone charged',
  },
  {
    id: 'know-escalation',
    phase: 'before',
    text: 'Know whom to call when you need help',
  },
  {
    id: 'check-access',
    phase: 'before',
    text: 'Sign in to every tool that you may need',
  },
  {
    id: 'check-alerts',
    phase: 'during',
    text: 'Go through the alerts every day',
  },
  {
    id: 'follow-incident-channel',
    phase: 'during',
    text: 'Follow the channel where incidents are told',
  },
  {
    id: 'answer-in-time',
    phase: 'during',
    text: 'Acknowledge pages within 15 minutes',
  },
  {
    id: 'write-down-actions',
    phase: 'during',
    text: 'Write down whatever you do',
  },
  {
    id: 'hand-off',
    phase: 'after',
    text: 'Hand over to whoever comes next',
  },
  {
    id: 'write-down-issues',
    phase: 'after',
    text: 'Write down the problems that you met',
  },
  {
    id: 'suggest-improvements',
    phase: 'after',
    text: 'Propose what should get better',
  },
];
