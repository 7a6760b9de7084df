/** The sign-in page in French, by the keys of `translation.ts`. */
export default {
  title: 'Qui êtes-vous aujourd’hui ?',
  subtitle:
    'Voici la démo de {{organization}}. Connectez-vous comme n’importe quel membre de l’équipe, sans mot de passe.',
  people: 'Membres de {{organization}}',
  lastUsed: 'La dernière fois',
  signingIn: 'Connexion en tant que {{name}}…',
  loading: 'Recherche des membres',
  starting: 'Le portail démarre. Cette page continue d’elle-même.',
  empty:
    'Le catalogue ne contient encore personne. Il est peut-être en cours de lecture ; cette page vérifie d’elle-même.',
  refusedTitle: 'Le choix d’une personne est réservé au développement',
  failedTitle: 'Impossible de se connecter en tant que {{name}}',
  failedListTitle: 'Impossible de lire la liste des membres',
};
