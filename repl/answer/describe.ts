import { ChangeReport, SchemaReport, type Session } from '../../src/index.ts';
import type { Answer } from './answer.ts';
import { exit } from '../commands/exit.ts';
import { HelpText } from '../commands/help.ts';
import { isPassing } from '../sandbox.ts';

/** What a value is to the person who asked for it. Loads again what is expired in it, and nothing else. */
export async function describe(value: unknown, session: Session): Promise<Answer> {
  if (value === undefined) return { kind: 'nothing' };
  if (value === exit) return { kind: 'exit' };
  if (value instanceof ChangeReport || value instanceof SchemaReport || value instanceof HelpText)
    return { kind: 'text', text: String(value), sandbox: isPassing(value, session) };
  try {
    await session.touch(value);
  } catch (error) {
    return { kind: 'error', error };
  }
  const items: unknown = session.isCollection(value) ? [...(value as Iterable<object>)] : value;
  return Array.isArray(items) && items.every(item => session.isEntity(item))
    ? { kind: 'entities', items }
    : { kind: 'value', value };
}
