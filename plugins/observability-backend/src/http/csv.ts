/** What spreadsheets take a cell for a formula by. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Rows as CSV (RFC 4180). Text stays text: names come from outside. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /["\r\n,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
