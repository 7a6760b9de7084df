import type { PagerDutyWorld } from './types';

/**
 * The account of VisionCRM: whoever watches over its jobs, a week each, one of
 * them a freelancer whom the portal does not know, and the CTO behind them.
 *
 * @public
 */
export function visionCrmPagerDutyWorld(): PagerDutyWorld {
  return {
    users: [
      {
        id: 'PENGB01',
        name: 'Engineer B',
        email: 'Engineer-B@visioncrm.example',
      },
      {
        id: 'PENGC01',
        name: 'Engineer C',
        email: 'engineer-c@visioncrm.example',
      },
      { id: 'PCTO001', name: 'CTO', email: 'cto@visioncrm.example' },
      {
        id: 'PFREE01',
        name: 'Sam Freelance',
        email: 'sam@freelance.example',
      },
    ],
    schedules: [
      {
        id: 'PJOBS01',
        name: 'Jobs, weekly',
        family: 'layers',
        users: ['PENGC01', 'PFREE01', 'PENGB01'],
        firstDay: '2026-11-02',
        turnDays: 7,
        handoffHour: 10,
        timeZone: 'Europe/Paris',
      },
    ],
    policies: [
      {
        id: 'PPJOBS1',
        name: 'VisionCRM jobs',
        levels: [{ schedules: ['PJOBS01'] }, { users: ['PCTO001'] }],
      },
    ],
    services: [
      {
        id: 'PSWORK1',
        name: 'VisionCRM worker',
        policy: 'PPJOBS1',
        integrationKeys: ['0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
      },
      {
        id: 'PSMAIL1',
        name: 'VisionCRM mail',
        policy: 'PPJOBS1',
        integrationKeys: [],
      },
    ],
  };
}
