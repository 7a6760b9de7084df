import { fold, isStopWord, partsOf, termsOf } from './words';

/**
 * What the same fault is called, in both languages. Only what somebody who is
 * on call would type; everything else is left to the words of the runbooks.
 */
const GROUPS: readonly string[] = [
  'database, db, bdd, base de données',
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

/** Words that name the same thing as a phrase, with the words of that phrase. */
interface Phrase {
  /** One entry a word: its terms. */
  words: readonly (readonly string[])[];
  group: number;
}

const PHRASES: readonly Phrase[] = GROUPS.flatMap((group, index) =>
  group.split(', ').map(phrase => ({
    words: meaningfulWordsOf(phrase).map(termsOf),
    group: index,
  })),
);
/** By the terms of the first word, so that a look-up does not walk all. */
const PHRASES_BY_FIRST_TERM = new Map<string, Phrase[]>();
for (const phrase of PHRASES) {
  for (const term of phrase.words[0]) {
    const phrases = PHRASES_BY_FIRST_TERM.get(term) ?? [];
    phrases.push(phrase);
    PHRASES_BY_FIRST_TERM.set(term, phrases);
  }
}
const TERMS_BY_GROUP: readonly (readonly string[])[] = GROUPS.map(
  (_, index) => [
    ...new Set(
      PHRASES.filter(
        phrase => phrase.group === index && phrase.words.length === 1,
      ).flatMap(phrase => phrase.words[0]),
    ),
  ],
);

/** Phrases of the domain in a row of words. */
export interface FoundPhrase {
  /** Where it begins, and how many words it has. */
  start: number;
  length: number;
  /** The terms of the single words that mean the same. */
  terms: readonly string[];
}

/** Finds what has other names in the field, in a row of words. */
export function findSynonyms(words: readonly string[]): FoundPhrase[] {
  const terms = words.map(termsOf);
  const found: FoundPhrase[] = [];
  for (let start = 0; start < words.length; start++) {
    const phrases = new Set(
      terms[start].flatMap(term => PHRASES_BY_FIRST_TERM.get(term) ?? []),
    );
    for (const phrase of phrases) {
      const isHere = phrase.words.every((wanted, offset) =>
        terms[start + offset]?.some(term => wanted.includes(term)),
      );
      if (isHere) {
        found.push({
          start,
          length: phrase.words.length,
          terms: TERMS_BY_GROUP[phrase.group],
        });
      }
    }
  }
  return found;
}

function meaningfulWordsOf(phrase: string): string[] {
  const words = partsOf(fold(phrase));
  const meaningful = words.filter(word => !isStopWord(word));
  return meaningful.length > 0 ? meaningful : words;
}
