import type { SentryWorld } from '../types';
import { visionCrmApi } from './api';
import { crmTeam, DAY } from './common';
import { visionCrmWeb } from './web';
import { visionCrmWorker } from './worker';

/**
 * The demo's scenario: the team VisionCRM, in which something is wrong now and
 * something was wrong last week. "Now" is whenever the stand-in starts.
 *
 * @public
 */
export function visionCrmSentryWorld(): SentryWorld {
  return {
    describe: startedAt => [
      {
        id: '4507099999999999',
        slug: 'visioncrm',
        name: 'VisionCRM',
        createdAt: -420 * DAY,
        teams: [crmTeam],
        projects: [visionCrmWeb(), visionCrmApi(startedAt), visionCrmWorker()],
      },
    ],
  };
}
