import { Translated } from '../shared/Translated';
import { onCallMessages } from './messages';

export const onCallMessagesFrench: Translated<typeof onCallMessages> = {
  loading: 'Lecture de l’astreinte',
  localTime: '{{clock}} à {{place}}',
  since: 'depuis {{when}}',
  until: 'jusqu’à {{when}}, encore {{left}}',
  next: 'Ensuite : {{people}}, {{when}}',
  outdated: 'État lu {{age}} : impossible de le relire pour le moment.',
  empty: {
    owner: 'Aucun planning n’est nommé ici, et {{owner}} n’en a pas.',
    noOwner: 'Aucun planning n’est nommé ici, et aucun propriétaire n’en a.',
    lead: 'Donnez un planning au groupe propriétaire, ou nommez-en un dans {{file}} :',
    copy: 'Annotation du planning',
  },
};
