import type { MikroORM } from '@mikro-orm/core';
import type { DatabaseUrl } from '../dialects/database-url.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Location } from '../dialects/location.ts';
import { MikroscopeError } from '../errors.ts';

export function locationOfUrl(target: DatabaseUrl): Location {
  const { name, masked } = target;
  return {
    url: masked,
    name,
    host: 'host' in target ? target.host : undefined,
    user: 'user' in target ? target.user : '',
    file: 'file' in target && target.file !== ':memory:' ? target.file : undefined,
  };
}

/** Where the database of a project's configuration is. @throws MikroscopeError `BadConfiguration` */
export function locationOfOrm(orm: MikroORM, dialect: Dialect): Location {
  try {
    return dialect.locate(orm);
  } catch {
    // The error would show the URL.
    throw new MikroscopeError(
      'BadConfiguration',
      "The configuration's clientUrl is not a database URL",
      'Write special characters of the user and the password as %XX.',
    );
  }
}
