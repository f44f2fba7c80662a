import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  readonly task:
    | { readonly kind: 'interactive' }
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'help' }
    | { readonly kind: 'version' };
  readonly url: string;
  readonly color: boolean | undefined;
}

export const usage = `Usage: mikroscope [options]              a prompt; a script from standard input if that is not a terminal
       mikroscope [options] run FILE     run a script (- for standard input)
       mikroscope [options] -e CODE      run CODE

Options:
  --db URL       the database: sqlite:site.db (default), sqlite::memory:, postgresql://user:pass@host/name
                 DATABASE_URL does the same
  --no-color     no colors (also NO_COLOR)
  --help         this text
  --version      the version`;

/**
 * @param args the arguments after the program's name
 * @param environment DATABASE_URL and NO_COLOR are looked at
 * @throws Error with a sentence for the person who typed the arguments
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      db: { type: 'string' },
      eval: { type: 'string', short: 'e' },
      color: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const color = values.color ?? (environment['NO_COLOR'] ? false : undefined);
  const url = values.db ?? (environment['DATABASE_URL'] || 'sqlite:site.db');
  return { url, color, task: taskOf(values, positionals) };
}

function taskOf(
  { eval: code, help, version }: { eval?: string; help?: boolean; version?: boolean },
  [command, path, ...rest]: readonly string[],
): Options['task'] {
  if (help) return { kind: 'help' };
  if (version) return { kind: 'version' };
  if (command === undefined) return code === undefined ? { kind: 'interactive' } : { kind: 'code', code };
  if (command !== 'run') throw new Error(`There is no command '${command}'.`);
  if (path === undefined) throw new Error('run needs a FILE, or - for standard input.');
  if (rest.length > 0 || code !== undefined)
    throw new Error(`run takes one FILE; '${rest[0] ?? '-e'}' is too much.`);
  return { kind: 'file', path };
}
