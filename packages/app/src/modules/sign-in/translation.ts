import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const signInTranslationRef = createTranslationRef({
  id: 'app.sign-in',
  messages: {
    title: 'Who are you today?',
    subtitle:
      'This is the demo of {{organization}}. Sign in as anyone of the team; no password is asked.',
    people: 'People of {{organization}}',
    lastUsed: 'Last time',
    signingIn: 'Signing in as {{name}}…',
    loading: 'Looking up the people',
    starting: 'The portal is starting. This page goes on by itself.',
    empty:
      'The catalog has no people yet. It may still be reading them; this page looks again by itself.',
    refusedTitle: 'The person picker is for development only',
    failedTitle: 'Could not sign in as {{name}}',
    failedListTitle: 'Could not look up the people',
  },
  translations: { fr: () => import('./translation.fr') },
});
