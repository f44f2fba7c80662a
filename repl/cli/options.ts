import { parseArgs } from 'node:util';
import { defaultReporter, type ReporterName, reporterNames } from '../transcript/report/reporters.ts';

/** `mikroscope check`. */
export interface CheckTask {
  readonly kind: 'check';
  readonly patterns: readonly string[];
  readonly urls: readonly string[];
  readonly update: boolean;
  readonly reporter: ReporterName;
  readonly list: boolean;
  readonly timeout: number | undefined;
  readonly shellAt: string | undefined;
}

/** What the command line asks for. */
export interface Options {
  readonly task:
    | { readonly kind: 'interactive' }
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'file'; readonly path: string }
    | CheckTask
    | { readonly kind: 'record'; readonly path: string | undefined }
    | { readonly kind: 'player' }
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
  /** The database refuses every write. */
  readonly readOnly: boolean;
  /** Everything is undone at the end. */
  readonly sandbox: boolean;
  /** What touches every row of a database elsewhere is not asked about. */
  readonly yes: boolean;
  /** Whether the project's .mikroscoperc is taken. */
  readonly rc: boolean;
}

export const usage = `Usage: mikroscope [options]              a prompt; a script from standard input if that is not a terminal
       mikroscope [options] run FILE     run a script (- for standard input)
       mikroscope [options] -e CODE      run CODE
       mikroscope [options] record [FILE]
                                         a prompt whose session goes into a Markdown file (session.repl.md)
       mikroscope [options] check FILE…  run the sessions in Markdown files (**/*.repl.md without FILE)

In a MikroORM project it opens the project's database; elsewhere a demo blog on sqlite:site.db.

Options:
  --config FILE  the project's mikro-orm.config, if it is not where MikroORM looks for it
  --context NAME the one to use of several configurations
  --db URL       another database: sqlite:FILE, sqlite::memory:, postgresql://user:pass@host/name
                 DATABASE_URL does the same for the demo
  --read-only    the database refuses every write
  --sandbox      everything is undone at the end, also what was committed; only ids may have gaps afterwards. On a
                 server others wait for the rows and tables that it changes, and now() stands still
  --yes          do not ask before dropAll(), or an update() or delete() of every row, of a database elsewhere
  --no-rc        leave out the project's .mikroscoperc.ts: helpers and lines to run at start
  --no-color     no colors (also NO_COLOR)
  --help         this text
  --version      the version

Options of check:
  --db URL       the database to run on, in place of those that a file names; can be repeated. Each file gets a
                 fresh one there: of postgresql://… the server is used, of sqlite: nothing but the kind; sqlite
                 or postgresql alone will do
  --update       write what was printed into the files
  --reporter R   how to report: ${reporterNames.join(', ')} (default: ${defaultReporter})
  --timeout S    seconds that a step may take (30)
  --list         only say what there is to run, as JSON
  --shell-at FILE:LINE
                 open the shell in the state before the step at that line`;

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
      db: { type: 'string', multiple: true },
      config: { type: 'string' },
      context: { type: 'string' },
      eval: { type: 'string', short: 'e' },
      color: { type: 'boolean' },
      'read-only': { type: 'boolean' },
      sandbox: { type: 'boolean' },
      yes: { type: 'boolean' },
      rc: { type: 'boolean' },
      update: { type: 'boolean' },
      reporter: { type: 'string' },
      timeout: { type: 'string' },
      list: { type: 'boolean' },
      'shell-at': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const color = values.color ?? (environment['NO_COLOR'] ? false : undefined);
  const { config, context } = values;
  const db = values.db?.at(-1);
  const url = db ?? (environment['DATABASE_URL'] || 'sqlite:site.db');
  const { 'read-only': readOnly = false, sandbox = false, yes = false, rc = true } = values;
  return { db, url, config, context, color, readOnly, sandbox, yes, rc, task: taskOf(values, positionals) };
}

/** What stands behind the options on the command line, as `parseArgs` reads them. */
interface Values {
  readonly db?: readonly string[];
  readonly eval?: string;
  readonly help?: boolean;
  readonly version?: boolean;
  readonly update?: boolean;
  readonly reporter?: string;
  readonly timeout?: string;
  readonly list?: boolean;
  readonly 'shell-at'?: string;
}

function taskOf(values: Values, [command, path, ...rest]: readonly string[]): Options['task'] {
  const { eval: code } = values;
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command === 'check') return checkTask(values, path === undefined ? [] : [path, ...rest]);
  for (const name of ['update', 'reporter', 'timeout', 'list', 'shell-at'] as const)
    if (values[name] !== undefined) throw new Error(`--${name} goes with mikroscope check.`);
  if (command === undefined) return code === undefined ? { kind: 'interactive' } : { kind: 'code', code };
  if (command === 'player') return { kind: 'player' };
  if (command === 'record' && rest.length === 0) return { kind: 'record', path };
  if (command !== 'run') throw new Error(`There is no command '${command}'.`);
  if (path === undefined) throw new Error('run needs a FILE, or - for standard input.');
  if (rest.length > 0 || code !== undefined)
    throw new Error(`run takes one FILE; '${rest[0] ?? '-e'}' is too much.`);
  return { kind: 'file', path };
}

function checkTask(values: Values, patterns: readonly string[]): CheckTask {
  const { db: urls = [], update = false, reporter: name = defaultReporter, list = false, timeout } = values;
  const reporter = reporterNames.find(each => each === name);
  if (!reporter)
    throw new Error(`There is no reporter '${name}'; the reporters are ${reporterNames.join(', ')}.`);
  if (timeout !== undefined && !(Number(timeout) > 0))
    throw new Error(`--timeout takes seconds, not '${timeout}'.`);
  return {
    kind: 'check',
    patterns,
    urls,
    update,
    reporter,
    list,
    timeout: timeout === undefined ? undefined : Number(timeout) * 1000,
    shellAt: values['shell-at'],
  };
}
