import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** MikroORM makes its own error of whatever comes up on the way to the database. Those of mikroscope stay as they are. */
export function keepOwnErrors(orm: MikroORM): void {
  const converter = orm.driver.getPlatform().getExceptionConverter();
  const convert = converter.convertException.bind(converter);
  converter.convertException = error => (error instanceof MikroscopeError ? error : convert(error));
}
