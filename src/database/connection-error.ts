import { MikroscopeError } from '../errors.ts';
import { maskPassword } from './url/mask-password.ts';
import type { Location } from './location.ts';

/** Says in one sentence why a database could not be opened. */
export function connectionError(error: unknown, place: Location): MikroscopeError {
  if (error instanceof MikroscopeError) return error;
  const { code, message } = root(error);
  const host = place.host ?? place.url;
  const fail = (kind: MikroscopeError['code'], text: string, hint: string) => {
    return new MikroscopeError(kind, text, hint, { cause: error });
  };
  switch (code) {
    case '3D000':
    case 'ER_BAD_DB_ERROR':
      return fail(
        'MissingDatabase',
        `There is no database '${place.name}' on ${host}`,
        'Create it, or name another one in the URL.',
      );
    // MySQL says this, too, of a database that does not exist, to a user who may not create it.
    case 'ER_DBACCESS_DENIED_ERROR':
      return fail(
        'MissingDatabase',
        `The user '${place.user}' may not open a database '${place.name}' on ${host}`,
        'Check its name, and what the user is granted.',
      );
    case '28P01':
    case '28000':
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return fail(
        'AccessDenied',
        `${host} refused the user '${place.user}'`,
        'Check the user and the password in the URL.',
      );
    case 'WrongToken':
      return fail('AccessDenied', `${host} refused the token`, 'Check authToken in the URL.');
    case 'ECONNREFUSED':
      return fail(
        'CannotConnect',
        `Nothing answers on ${host}`,
        'Check host and port in the URL, and that the server runs.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail('CannotConnect', `There is no host '${host}'`, 'Check the host in the URL.');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return fail(
        'CannotConnect',
        `${host} cannot be reached`,
        'Check host and port in the URL, and the network.',
      );
    case 'SQLITE_NOTADB':
      return fail('CannotConnect', `'${place.name}' is not a SQLite database`, 'Name another file.');
    case 'SQLITE_CANTOPEN':
      return fail(
        'CannotConnect',
        `Cannot open ${place.url}: unable to open database file`,
        'Check that it is a file, and that you may read it.',
      );
    default: {
      const why = maskPassword(message).split('\n')[0];
      return fail('CannotConnect', `Cannot open ${place.url}: ${why}`, 'Check the database URL.');
    }
  }
}

/** pg reports a host with two addresses as an error of errors, which has no message of its own. */
function root(error: unknown): { code: unknown; message: string } {
  if (typeof error !== 'object' || error === null) return { code: undefined, message: String(error) };
  const { code, message, errors, cause } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return root(errors[0]);
  if (code === undefined && cause !== undefined) return root(cause);
  const text = String(message).replace(/^Error: /, '');
  return { code: code || libsqlCode(text), message: text };
}

/** libSQL tells its errors in Rust. */
function libsqlCode(message: string): string | undefined {
  if (/^Hrana\(.*dns error/.test(message)) return 'ENOTFOUND';
  if (/^Hrana\(.*Connection refused/.test(message)) return 'ECONNREFUSED';
  if (/^Hrana\(.*\b40[13]\b/.test(message)) return 'WrongToken';
  return /^ConnectionFailed\(.*: 14"\)$/.test(message) ? 'SQLITE_CANTOPEN' : undefined;
}
