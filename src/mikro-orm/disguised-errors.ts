import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { doubt, isInDoubt } from './in-doubt.ts';

/**
 * MikroORM converts every error that a statement throws into one of its own. This keeps mikroscope's as they are, and what is
 * known of the others.
 */
export function keepOwnErrors(orm: MikroORM): void {
  const converter = orm.driver.getPlatform().getExceptionConverter();
  const convert = converter.convertException.bind(converter);
  converter.convertException = error => {
    if (error instanceof MikroscopeError) return error;
    const converted = convert(error);
    if (isInDoubt(error)) doubt(converted);
    return converted;
  };
}
