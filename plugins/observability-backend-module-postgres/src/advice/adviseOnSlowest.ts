import { Session } from '../connection/Session';
import { Server } from '../parts/server';
import { MAX_TEXT, Statement } from '../parts/statements';
import { DatabaseState } from '../state';
import { adviseOn, FIRST_VERSION_WITH_GENERIC_PLANS, mayPlan } from './explain';

/** So many statements a cycle are planned; the rest waits for the next. */
const PLANNED_A_CYCLE = 5;
/** Nothing to say stays so for a day; what was said may have been heeded within an hour. */
const SILENCE_SECONDS = 86_400;
const ADVICE_SECONDS = 3_600;

/**
 * What would help the slow statements, as far as plans prove it. Returns what is
 * known by now of those that are still slow.
 */
export async function adviseOnSlowest(
  session: Session,
  options: {
    /** The slowest first. */
    statements: Statement[];
    server: Pick<Server, 'number' | 'searchPath'>;
    known: DatabaseState['advice'];
    nowSeconds: number;
  },
): Promise<DatabaseState['advice']> {
  const { statements, server, known, nowSeconds } = options;
  if (server.number < FIRST_VERSION_WITH_GENERIC_PLANS) return {};

  const advice: DatabaseState['advice'] = {};
  const due: Statement[] = [];
  for (const statement of statements) {
    const entry = known[statement.id];
    if (entry) advice[statement.id] = entry;
    const lasts = entry?.text === undefined ? SILENCE_SECONDS : ADVICE_SECONDS;
    if (!entry || nowSeconds - entry.at >= lasts) due.push(statement);
  }
  const planned = due.slice(0, PLANNED_A_CYCLE);
  if (planned.length === 0) return advice;

  const trusted = await mayPlan(session.ask);
  for (const { id, text } of planned) {
    const found =
      trusted && text.length < MAX_TEXT
        ? await adviseOn(session, text, server.searchPath)
        : undefined;
    advice[id] = { at: nowSeconds, ...(found && { text: found }) };
  }
  return advice;
}
