import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** MikroORM converts every error that a statement throws into one of its own. This keeps mikroscope's as they are. */
export function keepOwnErrors(orm: MikroORM): void {
  const converter = orm.driver.getPlatform().getExceptionConverter();
  const convert = converter.convertException.bind(converter);
  converter.convertException = error => (error instanceof MikroscopeError ? error : convert(error));
}
