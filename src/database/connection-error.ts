import type { Dialect } from '../dialects/dialect.ts';
import type { DriverError } from '../dialects/failure.ts';
import type { Location } from '../dialects/location.ts';
import { maskPassword } from '../dialects/mask-password.ts';
import { MikroscopeError } from '../errors.ts';
import { unsupported } from '../mikro-orm/contract.ts';

/** Says in one sentence why a database could not be opened. */
export function connectionError(error: unknown, dialect: Dialect, place: Location): MikroscopeError {
  if (error instanceof MikroscopeError) return error;
  const flaw = flawOf(error);
  if (flaw !== undefined) return unsupported(flaw.message, error);
  const { url, name, user, host = url } = place;
  const root = rootOf(error);
  const fail = (code: MikroscopeError['code'], text: string, hint: string) =>
    new MikroscopeError(code, text, hint, { cause: error });
  switch (dialect.failureOf(root)?.kind) {
    case 'missing database':
      return fail(
        'MissingDatabase',
        `There is no database '${name}' on ${host}`,
        'Create it, or name another one in the URL.',
      );
    case 'database denied':
      return fail(
        'MissingDatabase',
        `The user '${user}' may not open a database '${name}' on ${host}`,
        'Check its name, and what the user is granted.',
      );
    case 'access denied':
      return fail(
        'AccessDenied',
        `${host} refused the user '${user}'`,
        'Check the user and the password in the URL.',
      );
    case 'token denied':
      return fail('AccessDenied', `${host} refused the token`, 'Check authToken in the URL.');
    case 'no answer':
      return fail(
        'CannotConnect',
        `Nothing answers on ${host}`,
        'Check host and port in the URL, and that the server runs.',
      );
    case 'full':
      return fail('CannotConnect', `${host} takes no more connections`, 'Try again when others have left.');
    case 'no host':
      return fail('CannotConnect', `There is no host '${host}'`, 'Check the host in the URL.');
    case 'unreachable':
      return fail(
        'CannotConnect',
        `${host} cannot be reached`,
        'Check host and port in the URL, and the network.',
      );
    case 'not a database':
      return fail('CannotConnect', `'${name}' is not a ${dialect.label} database`, 'Name another file.');
    case 'cannot open':
      return fail(
        'CannotConnect',
        `Cannot open ${url}: unable to open database file`,
        'Check that it is a file, and that you may read it.',
      );
    default: {
      const [why] = maskPassword(root.message).split('\n');
      return fail('CannotConnect', `Cannot open ${url}: ${why}`, 'Check the database URL.');
    }
  }
}

/** MikroORM's error, in the words of {@link unsupported} if it comes from a driver of its rather than from an entity. */
export function initializationError(error: unknown): unknown {
  const flaw = flawOf(error);
  const [, first = ''] = flaw?.stack?.split(/^ {4}at /m) ?? [];
  return flaw !== undefined && /(?:Driver|Connection)\.js:/.test(first)
    ? unsupported(flaw.message, error)
    : error;
}

/** The error of code that is not as MikroORM, or its driver, takes it to be; Node's own errors have a code. */
function flawOf(error: unknown): Error | undefined {
  for (let each = error; each instanceof Error && !(each instanceof MikroscopeError); each = each.cause)
    if ((each instanceof TypeError || each instanceof ReferenceError) && !('code' in each)) return each;
  return undefined;
}

/** pg reports a host with two addresses as an error of errors, which has no message of its own. */
function rootOf(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { code, errno, message, errors, cause } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return rootOf(errors[0]);
  if (code === undefined && cause !== undefined) return rootOf(cause);
  return { code, errno, message: String(message).replace(/^Error: /, '') };
}
