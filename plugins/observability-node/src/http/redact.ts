const SHORTEST_SECRET = 4;

/**
 * Replaces secrets in a text, also where they are encoded for a URL or for
 * basic authentication.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    // Anything shorter would tear holes into every sentence and hide nothing.
    if (secret.length < SHORTEST_SECRET) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(Buffer.from(secret).toString('base64'));
    forms.add(Buffer.from(secret).toString('base64url'));
  }
  let result = text;
  for (const form of [...forms].sort((a, b) => b.length - a.length)) {
    result = result.replaceAll(form, '[redacted]');
  }
  return result;
}

/** The secrets in headers that are sent: the whole value, and what follows its scheme. */
export function secretsOfHeaders(headers: Record<string, string>): string[] {
  return Object.entries(headers)
    .filter(([name]) => /auth|token|key|secret|cookie/i.test(name))
    .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)]);
}
