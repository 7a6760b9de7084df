import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

export const onCallHomePageWidget = HomePageWidgetBlueprint.make({
  name: 'on-call',
  params: {
    name: 'HomePageOnCall',
    title: 'On call now',
    description: 'Who has the watch, yours and that of your teams first',
    components: () =>
      import('../oncall/home').then(m => ({ Content: m.OnCallNowWidget })),
  },
});
