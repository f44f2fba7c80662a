import { ChangeReport, type Session } from '../../src/index.ts';
import type { Answer } from './answer.ts';

/**
 * Adds to an answer the SQL that ran for it, if that is to be shown, and whether it wrote in a sandbox.
 *
 * @param answering runs the statement
 */
export async function annotate(
  session: Session,
  showsSql: boolean,
  answering: () => Promise<Answer>,
): Promise<Answer> {
  const writesBefore = session.sandboxWrites;
  const sql: string[] = [];
  const unsubscribe = showsSql ? session.sql.subscribe(entry => sql.push(entry.sql)) : undefined;
  try {
    const answer = await answering();
    const wrote = session.sandboxWrites !== writesBefore || saysCommitted(answer, session);
    return { ...answer, ...(showsSql && { sql }), ...(wrote && { sandbox: true }) };
  } finally {
    unsubscribe?.();
  }
}

/** Whether an answer says that something was committed in a sandbox; what was flushed before is not written again. */
function saysCommitted(answer: Answer, { database }: Session): boolean {
  if (!database.sandbox || answer.kind !== 'changes' || !(answer.report instanceof ChangeReport))
    return false;
  return answer.report.action === 'commit' && answer.report.summary !== '';
}
