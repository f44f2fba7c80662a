import { ChangeReport, type Session } from '../src/index.ts';
import type { Answer } from './answer/answer.ts';

/** Marks an answer that wrote in a sandbox: what it says will not last. */
export async function marked(session: Session, answer: () => Promise<Answer>): Promise<Answer> {
  const before = session.sandboxWrites;
  const answered = await answer();
  return session.sandboxWrites === before ? answered : { ...answered, sandbox: true };
}

/** Whether a value says that something was committed, in a sandbox, where that does not last either. */
export function isPassing(value: unknown, { database }: Session): boolean {
  return (
    database.sandbox && value instanceof ChangeReport && value.action === 'commit' && value.summary !== ''
  );
}
