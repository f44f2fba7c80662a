import { types } from 'node:util';
import { ChangeReport, SchemaReport, type Session } from '../../src/index.ts';
import type { Answer } from './answer.ts';
import { answerOf } from './show-as.ts';

/**
 * The answer that shows the value of a statement. Refreshes expired entities in it, and runs no other query.
 *
 * @returns an error instead if that fails; never rejects
 */
export async function describe(value: unknown, session: Session): Promise<Answer> {
  const answer = answerOf(value);
  if (answer) return answer;
  if (value === undefined) return { kind: 'nothing' };
  // Looking into a proxy would run its traps.
  if (types.isProxy(value)) return { kind: 'value', value };
  if (value instanceof ChangeReport || value instanceof SchemaReport)
    return { kind: 'changes', report: value };
  try {
    if (session.isQuery(value)) return { kind: 'sql', statements: [value.toSql()] };
    await session.touch(value, 'print');
    const items: unknown = session.isCollection(value) ? [...(value as Iterable<object>)] : value;
    return Array.isArray(items) && items.every(item => session.isEntity(item))
      ? { kind: 'entities', items }
      : { kind: 'value', value };
  } catch (error) {
    return { kind: 'error', error };
  }
}
