import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HEALTH_CARD_KINDS } from '../healthKinds';

const EXISTS = { $exists: true };

export const healthEntityCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: { kind: { $in: HEALTH_CARD_KINDS } },
    loader: () => import('../health').then(m => <m.HealthCard />),
  },
});

export const publicStatusEntityCard = EntityCardBlueprint.make({
  name: 'public-status',
  params: {
    type: 'content',
    filter: {
      $all: [
        { kind: { $in: HEALTH_CARD_KINDS } },
        {
          $any: [
            { 'metadata.annotations.watchkeeper.io/http-checks': EXISTS },
            { 'metadata.annotations.uptimerobot.com/monitors': EXISTS },
            { 'metadata.annotations.backstage.io/uptimerobot': EXISTS },
            {
              'metadata.annotations.backstage.io/uptimerobot-monitor-url':
                EXISTS,
            },
          ],
        },
      ],
    },
    loader: () => import('../health').then(m => <m.StatusCard />),
  },
});

export const onCallEntityCard = EntityCardBlueprint.make({
  name: 'on-call',
  params: {
    type: 'info',
    filter: { kind: { $in: HEALTH_CARD_KINDS } },
    loader: () => import('../oncall').then(m => <m.OnCallCard />),
  },
});
