import { MikroscopeError } from '../errors.ts';
import type { Layer } from './interceptor.ts';

/** Refuses a NUL in SQL, where it would end the statement, and on PostgreSQL the connection with it. */
export const nulCharacters: Layer = {
  admit({ sql }) {
    if (!sql.includes('\0')) return undefined;
    throw new MikroscopeError(
      'InvalidValue',
      'The statement has a NUL character, which this database does not take',
    );
  },
};
