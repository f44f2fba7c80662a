import { oneAfterAnother, type PgClient } from '../../mikro-orm/pg-client.ts';
import { readStatements } from '../../sql/statement.ts';
import { admitPostgres } from './admit.ts';
import { postgresReadOnly, READ_ONLY } from './postgres-family.ts';

/** Makes every statement between transactions read-only anew, as the last SELECT may have called set_config(). */
export function keepReadOnly(client: PgClient): void {
  const isBetween = () => (client.getTransactionStatus?.() ?? 'I') === 'I';
  // While a cursor is open, the status is that of before.
  let isReading = false;
  client.on('drain', () => void (isReading = false));
  oneAfterAnother(client, async ({ text, isCursor }, query) => {
    // Some of it has been admitted before, but for what comes past MikroORM.
    if (text !== postgresReadOnly.harmlessWrite) admitPostgres(text, true);
    if ((isReading || isBetween()) && !beginsReadOnly(text)) {
      try {
        await query(READ_ONLY);
      } catch (error) {
        // A transaction that has failed lets nothing be set, and nothing be written.
        if (isBetween()) throw error;
      }
    }
    isReading ||= isCursor;
  });
}

function beginsReadOnly(text: string): boolean {
  const [{ transaction } = {}, another] = readStatements(text, 'postgresql');
  return another === undefined && transaction?.kind === 'begin' && transaction.readOnly;
}
