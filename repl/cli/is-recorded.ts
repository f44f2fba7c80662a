import type { Answer } from '../answer/answer.ts';
import type { Statement } from '../input/statement.ts';

/** Whether a statement belongs in a transcript: what concerns the shell itself, such as `.sql on` and `help()`, does not. */
export function isRecorded(statement: Statement, answer: Answer): boolean {
  if (statement.kind !== 'code' || /^\s*(?:help|copy)\s*\(/.test(statement.text)) return false;
  return answer.kind !== 'interrupted' && answer.kind !== 'exit';
}
