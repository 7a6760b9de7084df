import { isStopWord, partsOf, stemOf } from './words';

/**
 * What the same fault is called, in both languages. Only what somebody who is
 * on call would type; everything else is left to the words of the runbooks.
 */
const GROUPS: readonly string[] = [
  'database, db, bdd, base de données, la base',
  'postgresql, postgres, pg, psql',
  'server error, erreur serveur, 5xx, 500, 502, 503, 504, bad gateway, gateway timeout, erreur interne',
  'out of memory, oom, oomkilled, mémoire saturée, plus de mémoire, memory full',
  'memory, ram, mémoire',
  'cpu, processor, processeur',
  'disk, disque, filesystem, volume, storage, stockage, pvc, inode',
  'full, plein, pleine, saturé, no space left, out of space, filling up, exhausted, exceeded, plus de place',
  'down, unavailable, unreachable, offline, outage, panne, hors service, indisponible, injoignable, inaccessible, ne répond plus, ne répond pas, not responding',
  'slow, slowness, latency, response time, p95, p99, lent, lenteur, ralenti, rame, sluggish, lag',
  'timeout, timed out, délai dépassé, trop long',
  'error, failure, failing, failed, erreur, échec, échoue, broken, cassé, ne marche plus, ne marche pas, ne fonctionne plus',
  'crash, crashing, crashloop, restart, plante, plantage, redémarre, redémarrage',
  'certificate, cert, ssl, tls, https, certificat',
  'expired, expiring, expiration, expire, expiré, périmé',
  'connection, connexion',
  'too many, trop',
  'login, sign-in, sign in, log in, auth, authentication, connexion, se connecter, authentification',
  'email, e-mail, mail, smtp, courriel',
  'sent, send, delivery, envoi, envoyé, parti',
  'queue, backlog, file d’attente',
  'job, task, worker, tâche, traitement',
  'backup, dump, sauvegarde',
  'restore, restauration, restaurer, récupérer',
  'rollback, roll back, revert, retour arrière, revenir en arrière, annuler',
  'deploy, deployment, release, rollout, déploiement, déployer, mise en production, mep, livraison',
  'payment, checkout, paiement, carte',
  'invoice, facture, facturation, billing',
  'blank, empty, white, vide, blanc, blanche',
  'page, site, website, écran, screen',
  'network, réseau',
  'clock, ntp, horloge',
  'lock, deadlock, verrou, blocked, bloqué',
  'cache, redis',
  'search, recherche',
  'quota, limit, rate limit, limite, throttling, throttled, 429',
  'leak, fuite',
  'dns, domain, domaine, resolve',
  'webhook, callback',
  'migration, schema, migrate',
  'key, secret, token, credentials, clé, jeton, mot de passe, password',
  'replica, standby, replication, réplica, réplication',
  'missing, absent, lost, manquant, disparu, perdu',
  'file, fichier, upload, attachment, pièce jointe, téléversement',
  'high, élevé, spike, pic, hausse',
  'duplicate, twice, double, doublon',
  'notification, alert, alerte',
];

/** A name of something that has several. */
interface Phrase {
  /** The stems of its words. */
  words: readonly string[];
  group: number;
}

const PHRASES: readonly Phrase[] = GROUPS.flatMap((group, index) =>
  group.split(', ').map(phrase => ({
    words: meaningfulWordsOf(phrase).map(stemOf),
    group: index,
  })),
);
/** By the first word, so that a look-up does not walk all. */
const PHRASES_BY_FIRST_WORD = new Map<string, Phrase[]>();
for (const phrase of PHRASES) {
  const phrases = PHRASES_BY_FIRST_WORD.get(phrase.words[0]) ?? [];
  phrases.push(phrase);
  PHRASES_BY_FIRST_WORD.set(phrase.words[0], phrases);
}
const STEMS_BY_GROUP: readonly (readonly string[])[] = GROUPS.map(
  (_, index) => [
    ...new Set(
      PHRASES.filter(({ group }) => group === index)
        .filter(({ words }) => words.length === 1)
        .flatMap(({ words }) => words),
    ),
  ],
);

/** Phrases of the domain in a row of words. */
export interface FoundPhrase {
  /** Where it begins, and how many words it has. */
  start: number;
  length: number;
  /** The stems of the single words that mean the same. */
  stems: readonly string[];
}

/** Finds what has other names in the field, in a row of words. */
export function findSynonyms(words: readonly string[]): FoundPhrase[] {
  const stems = words.map(stemOf);
  return stems.flatMap((stem, start) =>
    (PHRASES_BY_FIRST_WORD.get(stem) ?? [])
      .filter(phrase =>
        phrase.words.every((word, offset) => stems[start + offset] === word),
      )
      .map(({ words: { length }, group }) => ({
        start,
        length,
        stems: STEMS_BY_GROUP[group],
      })),
  );
}

function meaningfulWordsOf(phrase: string): string[] {
  const words = partsOf(phrase);
  const meaningful = words.filter(word => !isStopWord(word));
  return meaningful.length > 0 ? meaningful : words;
}
