import type { SqlEm } from './orm.ts';
import { MikroscopeError } from '../errors.ts';

/** Errors of mikroscope's that come up on the way to the database stay what they are: MikroORM would make its own of them. */
export function keepOwnErrors(em: SqlEm): void {
  const driver = em.getDriver();
  const convert = driver.convertException.bind(driver);
  driver.convertException = error => (error instanceof MikroscopeError ? error : convert(error));
}
