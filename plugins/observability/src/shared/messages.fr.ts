import { sharedMessages } from './messages';
import { Translated } from './Translated';

/** {@link sharedMessages} in French. */
export const sharedMessagesFrench: Translated<typeof sharedMessages> = {
  status: {
    ok: 'OK',
    warning: 'Alerte',
    critical: 'Critique',
    unknown: 'Inconnu',
    none: 'Non configuré',
  },
  time: {
    seconds: '{{value}}\u00a0s',
    minutes: '{{value}}\u00a0min',
    hours: '{{value}}\u00a0h',
    days_one: '{{count}}\u00a0jour',
    days_other: '{{count}}\u00a0jours',
    ago: 'il\u00a0y\u00a0a\u00a0{{duration}}',
    agoRange: 'il y a {{from}} à {{to}}',
    ahead: 'dans {{duration}}',
    now: 'maintenant',
  },
  unit: {
    perMinute: '{{value}}\u00a0/min',
    milliseconds: '{{value}}\u00a0ms',
    days_one: '{{count}}\u00a0jour',
    days_other: '{{count}}\u00a0jours',
    hours_one: '{{count}}\u00a0heure',
    hours_other: '{{count}}\u00a0heures',
  },
  uptime: {
    label: '{{name}}, {{days}} jours : {{summary}}',
    today: 'aujourd’hui',
    allUp: 'aucune panne',
    nothing: 'rien de mesuré pour l’instant',
    downOn: 'en panne {{day}} {{duration}}',
    downDays_one: '{{count}} jour avec une panne',
    downDays_other: '{{count}} jours avec une panne',
    moreDown_one: '{{count}} autre jour avec une panne',
    moreDown_other: '{{count}} autres jours avec une panne',
    degradedDays_one: '{{count}} jour dégradé',
    degradedDays_other: '{{count}} jours dégradés',
    maintenanceDays_one: '{{count}} jour de maintenance',
    maintenanceDays_other: '{{count}} jours de maintenance',
    unknownToday: 'aujourd’hui inconnu',
    unknownDays_one: '{{count}} jour inconnu',
    unknownDays_other: '{{count}} jours inconnus',
    missingDays_one: '{{count}} jour sans données',
    missingDays_other: '{{count}} jours sans données',
    level: {
      up: 'disponible',
      degraded: 'dégradé',
      down: 'en panne',
      maintenance: 'maintenance',
      unknown: 'inconnu',
      none: 'pas de données',
    },
    part: {
      down: 'en panne pendant {{duration}}',
      degraded: 'dégradé pendant {{duration}}',
      maintenance: 'maintenance pendant {{duration}}',
      paused: 'en pause pendant {{duration}}',
      unknown: 'inconnu pendant {{duration}}',
    },
    uptime: 'disponibilité {{uptime}}',
    outage: 'panne {{clock}}, {{duration}}',
    moreOutages_one: '{{count}} autre panne',
    moreOutages_other: '{{count}} autres pannes',
    table: 'Jours où {{name}} n’a pas été disponible tout le temps',
    day: 'Jour (UTC)',
    state: 'État',
    details: 'Détails',
  },
  link: {
    newTab: 's’ouvre dans un nouvel onglet',
  },
  copy: {
    action: 'Copier',
    done: 'Copié',
    failed: 'Copie impossible',
  },
  frame: {
    never: 'pas encore lu',
    instance: 'instance {{name}}',
    problemSince: '{{title}} depuis {{clock}}, {{duration}}.',
    lastKnown: 'Ce qui suit a été lu à {{clock}}.',
    nothingYet: 'Rien n’a encore été lu, il n’y a donc rien à montrer.',
    nextTry: 'Prochain essai {{when}}.',
    nextTryNow: 'Le prochain essai est imminent.',
    tryNow: 'Réessayer',
    outdated:
      'Pas de lecture depuis {{clock}}, {{duration}} : ce qui suit a pu changer.',
    pending: 'Premières données d’ici 1 min.',
  },
  problem: {
    unauthorized: {
      title: '{{source}} refuse le jeton',
      action:
        'Créez un nouveau jeton dans {{source}} et inscrivez-le dans la configuration du portail, instance {{instance}}.',
    },
    forbidden: {
      title: '{{source}} n’autorise pas le jeton à lire ceci',
      action:
        'Donnez au jeton de l’instance {{instance}} les droits de lecture nécessaires, ou demandez-le à un administrateur de {{source}}.',
    },
    notFound: {
      title: '{{source}} ne connaît pas {{target}}',
      action:
        'Corrigez l’annotation qui le nomme, ou donnez-y accès au jeton : il a pu être renommé, supprimé ou interdit à ce jeton.',
    },
    rateLimited: {
      title: '{{source}} demande moins de requêtes',
      action:
        'Rien à faire : la lecture reprend dès que {{source}} le permet. Si cela se répète, espacez les lectures.',
    },
    unavailable: {
      title: '{{source}} ne répond pas',
      action:
        'Vérifiez si {{source}} annonce une panne, et si le portail peut le joindre. Les essais continuent d’eux-mêmes.',
    },
    timeout: {
      title: '{{source}} met trop de temps à répondre',
      action:
        'Vérifiez si {{source}} annonce des lenteurs, et si le portail peut le joindre. Les essais continuent d’eux-mêmes.',
    },
    malformed: {
      title: 'La réponse de {{source}} est illisible',
      action:
        'Vérifiez que l’URL de base de l’instance {{instance}} mène à l’API de {{source}}, et non à une page de connexion ou à un proxy.',
    },
    misconfigured: {
      title: 'La configuration pour {{source}} est inutilisable',
      action:
        'Corrigez ce que le message désigne ; la lecture reprendra d’elle-même.',
    },
  },
};
