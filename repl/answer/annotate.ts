import { ChangeReport, type Session } from '../../src/index.ts';
import type { Answer } from './answer.ts';

/**
 * Adds to an answer what happened while it came about: the SQL that ran, and whether it wrote in a sandbox.
 *
 * @param showsSql whether the SQL is wanted
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

/** A commit that only released what was flushed before writes nothing, and in a sandbox it does not last either. */
function saysCommitted(answer: Answer, { database }: Session): boolean {
  if (!database.sandbox || answer.kind !== 'changes' || !(answer.report instanceof ChangeReport))
    return false;
  return answer.report.action === 'commit' && answer.report.summary !== '';
}
