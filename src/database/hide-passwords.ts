import type { MikroORM } from '@mikro-orm/core';
import { hideSecret } from '../dialects/mask-password.ts';

/** Has the secrets masked that a configuration gives for its connections. */
export function hidePasswords({ config }: MikroORM): void {
  const { clientUrl, password, replicas, driverOptions, dbName, user, host } = config.getAll();
  const words = [dbName, user, host].filter(each => typeof each === 'string');
  for (const secret of secretsIn({ clientUrl, password, replicas, driverOptions })) hideSecret(secret, words);
}

/** How deep drivers take options inside of options, such as `connection.ssl.passphrase`. */
const maxDepth = 4;

function secretsIn(options: object, depth = 0): readonly string[] {
  return Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null)
      return depth < maxDepth ? secretsIn(value, depth + 1) : [];
    if (typeof value !== 'string') return [];
    if (SECRET.test(name)) return [value];
    return URL.canParse(value) ? passwordsOf(new URL(value)) : [];
  });
}

/** What pg, mysql2 and libSQL call them: `password`, `password1`, `passwordSha1`, `authToken`, `encryptionKey`, `passphrase`. */
const SECRET = /^(?:password\w*|passphrase|authToken|encryptionKey)$/;

function passwordsOf({ password, searchParams }: URL): readonly string[] {
  const parameters = [...searchParams].flatMap(([name, value]) => (SECRET.test(name) ? [value] : []));
  try {
    return [decodeURIComponent(password), ...parameters];
  } catch {
    return [password, ...parameters];
  }
}
