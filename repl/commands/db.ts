import { inspect } from 'node:util';
import { type Session, visible } from '../../src/index.ts';

/** SQLAlchemy's `db`: `db.createAll()`, `db.session.add(user)`. */
export function makeDb(commands: Readonly<Record<string, unknown>>, session: Session): object {
  const db = { createAll: commands['createAll'], dropAll: commands['dropAll'], session };
  const shown = () => visible(`db on ${session.database.url} with createAll(), dropAll() and session`);
  return Object.defineProperty(db, inspect.custom, { value: shown });
}
