// @ts-check
/*
 * What leaves for Sentry is read by more people than may know our secrets, so
 * every event passes here first. Four rules, each enough on its own:
 *
 *  1. What stands under a name that sounds secret is replaced.
 *  2. What looks like a secret is replaced wherever it stands in a text:
 *     credentials of a URL, tokens of known shapes, `password=…`.
 *  3. Values that are known to be secret are replaced wherever they stand: those
 *     of environment variables with a secret's name, those that the
 *     configuration's schema marks as secret.
 *  4. Query strings, cookies and bodies of requests are left out whole.
 *
 * An event that cannot be scrubbed is not sent.
 */
const SCRUBBED = '[scrubbed]';

const SECRET_NAME =
  /authori[sz]ation|^auth$|cookie|token|secret|passw|passphrase|api[-_.]?key|private[-_.]?key|access[-_.]?key|credential|signature|dsn|connection[-_.]?string|database[-_.]?url|query[-_.]?string|(http|url)\.query/i;

const SECRET_TEXTS = [
  // Credentials of a URL, of connection strings above all.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]+@/gi, `$1${SCRUBBED}@`],
  // The query of a URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)\?[^\s"'<>]*/gi, `$1?${SCRUBBED}`],
  [/\b(bearer|basic|token|dsn)\s+[a-z0-9._~+/=-]{8,}/gi, `$1 ${SCRUBBED}`],
  // Tokens that say what they are: Sentry, GitHub, GitLab, Slack, Supabase,
  // Stripe-like keys, AWS, JSON web tokens.
  [/\bsntry[a-z]_[\w=+/.-]+/g, SCRUBBED],
  [
    /\b(gh[a-z]_|github_pat_|glpat-|xox[a-z]-|sbp_|sk_|whsec_)[\w-]{8,}/g,
    SCRUBBED,
  ],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, SCRUBBED],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g, SCRUBBED],
  // name=value and "name": "value".
  [
    /(\b[\w.-]*(?:token|secret|passw(?:or)?d|api[-_]?key|authorization)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi,
    `$1${SCRUBBED}`,
  ],
];

const SECRET_VARIABLE =
  /TOKEN|SECRET|PASSW|KEY|CREDENTIAL|DSN|CONNECTION|DATABASE_URL/i;

/** Shorter values are words that happen to be secret; they would eat text. */
const MINIMUM_VALUE_LENGTH = 8;
const MAXIMUM_DEPTH = 12;

/**
 * The values of the variables whose name says that they are secret.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {string[]}
 */
function secretValuesOf(environment) {
  return Object.entries(environment)
    .filter(([name]) => SECRET_VARIABLE.test(name))
    .map(([, value]) => value ?? '');
}

/**
 * Makes a function that answers a copy of an event without secrets, or null.
 * Besides the secrets given here it knows those that the event brings along
 * among what the SDK never sends, as `configuredSecrets`.
 *
 * @param {string[]} knownSecrets
 */
function createScrubber(knownSecrets) {
  /** @type {string[]} */
  let secretValues = [];

  /** @param {string[]} secrets */
  function know(secrets) {
    secretValues = secrets
      .filter(value => value?.length >= MINIMUM_VALUE_LENGTH)
      // A value that contains another one goes first.
      .sort((left, right) => right.length - left.length);
  }

  /** @param {string} text */
  function scrubText(text) {
    let scrubbed = text;
    for (const value of secretValues) {
      scrubbed = scrubbed.split(value).join(SCRUBBED);
    }
    for (const [pattern, replacement] of SECRET_TEXTS) {
      scrubbed = scrubbed.replace(pattern, String(replacement));
    }
    return scrubbed;
  }

  /**
   * @param {unknown} value
   * @param {unknown[]} parents
   * @returns {unknown}
   */
  function scrubValue(value, parents) {
    if (typeof value === 'string') {
      return scrubText(value);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (parents.length >= MAXIMUM_DEPTH || parents.includes(value)) {
      return SCRUBBED;
    }
    const path = [...parents, value];
    if (Array.isArray(value)) {
      return value.map(item => scrubValue(item, path));
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        scrubText(name),
        SECRET_NAME.test(name) && item !== undefined && item !== null
          ? SCRUBBED
          : scrubValue(item, path),
      ]),
    );
  }

  /**
   * @template {object} E
   * @param {E} event
   * @returns {E | null}
   */
  return function scrub(event) {
    try {
      const { sdkProcessingMetadata, request, ...rest } =
        /** @type {Record<string, any>} */ (event);
      know([
        ...knownSecrets,
        // The SDK merges scopes, and makes an object of a list on the way.
        ...Object.values(sdkProcessingMetadata?.configuredSecrets ?? {}),
      ]);
      const scrubbed = /** @type {Record<string, unknown>} */ (
        scrubValue(rest, [])
      );
      if (request) {
        const {
          query_string: _q,
          cookies: _c,
          data: _d,
          env: _e,
          ...kept
        } = request;
        scrubbed.request = scrubValue(kept, []);
      }
      // Never sent; the SDK needs it as it is.
      scrubbed.sdkProcessingMetadata = sdkProcessingMetadata;
      return /** @type {E} */ (scrubbed);
    } catch {
      return null;
    }
  };
}

module.exports = { createScrubber, secretValuesOf };
