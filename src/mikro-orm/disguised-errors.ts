import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** MikroORM converts every error from the way to the database. This leaves mikroscope's own as they are. */
export function keepOwnErrors(orm: MikroORM): void {
  const converter = orm.driver.getPlatform().getExceptionConverter();
  const convert = converter.convertException.bind(converter);
  converter.convertException = error => (error instanceof MikroscopeError ? error : convert(error));
}
