import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  readonly task:
    | { readonly kind: 'interactive' }
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'help' }
    | { readonly kind: 'version' };
  /** The database that was asked for by name; before that of a project. */
  readonly db: string | undefined;
  /** The database where there is no project. */
  readonly url: string;
  /** A project's configuration file, and the one to choose in it. */
  readonly config: string | undefined;
  readonly context: string | undefined;
  readonly color: boolean | undefined;
}

export const usage = `Usage: mikroscope [options]              a prompt; a script from standard input if that is not a terminal
       mikroscope [options] run FILE     run a script (- for standard input)
       mikroscope [options] -e CODE      run CODE

In a MikroORM project it opens the project's database; elsewhere a demo blog on sqlite:site.db.

Options:
  --config FILE  the project's mikro-orm.config, if it is not where MikroORM looks for it
  --context NAME the one to use of several configurations
  --db URL       another database: sqlite:FILE, sqlite::memory:, postgresql://user:pass@host/name
                 DATABASE_URL does the same for the demo
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
      config: { type: 'string' },
      context: { type: 'string' },
      eval: { type: 'string', short: 'e' },
      color: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const color = values.color ?? (environment['NO_COLOR'] ? false : undefined);
  const url = values.db ?? (environment['DATABASE_URL'] || 'sqlite:site.db');
  const { db, config, context } = values;
  return { db, url, config, context, color, task: taskOf(values, positionals) };
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
