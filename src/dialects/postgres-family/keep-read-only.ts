import { oneStatement, type PgClient } from '../../mikro-orm/pg-client.ts';
import { READ_ONLY } from './postgres-family.ts';

export const BEGIN_READ_ONLY = 'begin read only';

/** Makes every statement between transactions read-only anew, as the last SELECT may have called set_config(). */
export function keepReadOnly(client: PgClient): void {
  const query = client.query.bind(client);
  client.query = (first, ...rest) => {
    const { text, isCursor, args } = oneStatement(first, rest);
    const send = () => query(...args);
    if ((client.getTransactionStatus?.() ?? 'I') !== 'I' || text === BEGIN_READ_ONLY) return send();
    const sent = (query({ text: READ_ONLY }) as Promise<unknown>).then(send, send);
    return isCursor ? first : sent;
  };
}
