/** Programs that people call in runbooks; others need an option to be taken for a command. */
const PROGRAMS = new Set(
  `ansible aws az bash brew bundle cargo cat cd certbot chmod chown cp crictl curl
  date dd df dig docker du echo etcdctl export fly flyctl free gcloud gh git glab
  grep gunzip gzip head helm heroku host htop ifconfig ip iptables java journalctl
  jq k9s kafka-topics.sh kill kubectl less ln ls lsof make mkdir mongosh mount mtr
  mv mysql mysqldump nc netstat nginx node nomad npm npx openssl pg_basebackup
  pg_ctl pg_dump pg_isready pg_restore php ping pip pkill pm2 pnpm podman prisma
  promtool ps psql python python3 rabbitmqctl rails rake redis-cli rm rsync ruby
  rustup scp sed sentry-cli service sh ss ssh sqlite3 stern sudo supabase sysctl
  systemctl tail tar tcpdump telnet terraform timeout top touch traceroute umount
  unzip uptime vault velero vercel vmstat watch wget yarn`.split(/\s+/),
);
const SQL =
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|EXPLAIN|ALTER|CREATE|DROP|VACUUM|ANALYZE|REINDEX|TRUNCATE|GRANT|REVOKE|SHOW|SET)\s+\S/;

/** Fenced blocks of these languages show something; there is nothing to run. */
const SHOWN_LANGUAGES = new Set([
  'log',
  'logs',
  'mermaid',
  'output',
  'plaintext',
  'text',
  'txt',
]);

/** Whether a fenced block of that language holds commands. */
export function isCommandLanguage(language: string | undefined): boolean {
  return !SHOWN_LANGUAGES.has(language?.toLowerCase() ?? '');
}

/** Whether inline code is a command, and not the name of something. */
export function isInlineCommand(code: string): boolean {
  const text = code.trim().replace(/^[$#]\s+/, '');
  const [program, ...rest] = text.split(/\s+/);
  if (rest.length === 0) {
    return /^\.{0,2}\/[\w./-]+\.(?:sh|py|rb|js|mjs)$/.test(program);
  }
  return (
    PROGRAMS.has(program) ||
    SQL.test(text) ||
    /^\.{1,2}\/[\w./-]+$/.test(program) ||
    (/^[a-z][\w.-]*$/.test(program) && rest.some(word => /^--?\w/.test(word)))
  );
}
