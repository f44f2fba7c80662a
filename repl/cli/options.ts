import { parseArgs } from 'node:util';
import { defaultReporter, type ReporterName, reporterNames } from '../transcript/report/reporters.ts';
import { longestTimeoutMs } from '../transcript/timeouts.ts';
import { type LearnTask, learnTask, type LessonTask, lessonTask } from './lesson-options.ts';
import { UsageError } from './usage-error.ts';

/** `mikroscope check`. */
export interface CheckTask {
  readonly kind: 'check';
  readonly patterns: readonly string[];
  readonly urls: readonly string[];
  readonly update: boolean;
  readonly reporter: ReporterName;
  readonly list: boolean;
  /** How long a step may take unless its block says so. */
  readonly timeoutMs: number | undefined;
  /** How long a file may take on a database unless it says so. */
  readonly fileTimeoutMs: number | undefined;
  readonly shellAt: string | undefined;
}

/** `mikroscope run --python FILE`. */
export interface PythonTask {
  readonly kind: 'python';
  readonly path: string;
  /** What to write of it in place of running it. */
  readonly as: (typeof translations)[number] | undefined;
}

const translations = ['typescript', 'entities'] as const;

/** What the command line asks for. */
export interface Options {
  readonly task:
    | { readonly kind: 'interactive' }
    | { readonly kind: 'code'; readonly pieces: readonly string[] }
    | { readonly kind: 'file'; readonly path: string }
    | PythonTask
    | CheckTask
    | LearnTask
    | LessonTask
    | { readonly kind: 'record'; readonly path: string | undefined }
    | { readonly kind: 'player' }
    | { readonly kind: 'help' }
    | { readonly kind: 'version' };
  /** The database that was asked for by name; it goes before a project's own. */
  readonly db: string | undefined;
  /** The database to open where there is no project. */
  readonly url: string;
  /** A project's configuration file, and the name of one of several configurations in it. */
  readonly config: string | undefined;
  readonly context: string | undefined;
  /** Undefined: where a terminal shows it. */
  readonly color: boolean | undefined;
  /** Whether the database refuses every write. */
  readonly readOnly: boolean;
  /** Whether everything is undone at the end. */
  readonly sandbox: boolean;
  /** Whether statements that touch every row of a database elsewhere run without a question. */
  readonly yes: boolean;
  /** Whether the project's .mikroscoperc is loaded. */
  readonly rc: boolean;
  /** Whether errors are printed with their whole stacks and causes. */
  readonly debug: boolean;
}

/**
 * @param args the arguments after the program's name
 * @param environment DATABASE_URL, NO_COLOR and MIKROSCOPE_DEBUG are read from it
 * @throws UsageError if the arguments are wrong
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const { values, positionals } = parse(args);
  const { config, context } = values;
  const db = values.db?.at(-1);
  const { 'read-only': readOnly = false, sandbox = false, yes = false, rc = true } = values;
  return {
    task: taskOf(values, positionals, environment),
    db,
    url: db ?? (environment['DATABASE_URL'] || 'sqlite:site.db'),
    config,
    context,
    color: values.color ?? (environment['NO_COLOR'] ? false : undefined),
    readOnly,
    sandbox,
    yes,
    rc,
    debug: isDebug(environment),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        db: { type: 'string', multiple: true },
        config: { type: 'string' },
        context: { type: 'string' },
        eval: { type: 'string', short: 'e', multiple: true },
        color: { type: 'boolean' },
        'read-only': { type: 'boolean' },
        sandbox: { type: 'boolean' },
        yes: { type: 'boolean' },
        rc: { type: 'boolean' },
        python: { type: 'boolean' },
        as: { type: 'string' },
        update: { type: 'boolean' },
        reporter: { type: 'string' },
        timeout: { type: 'string' },
        'file-timeout': { type: 'string' },
        list: { type: 'boolean' },
        'shell-at': { type: 'string' },
        lang: { type: 'string' },
        out: { type: 'string', short: 'o' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw new UsageError(misuseOf(error as ParseError), undefined, { cause: error });
  }
}

/** An error of `parseArgs`, which quotes the option in its message. */
type ParseError = Error & { readonly code?: string };

function misuseOf({ code, message }: ParseError): string {
  const unknown = /^Unknown option '([^]*?)'(?:$|\. To)/.exec(message)?.[1];
  const option = unknown ?? /--?[\w-]+(?= <|'|=| |$)/.exec(message)?.[0] ?? 'an option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}`;
  return /does not take/.test(message) ? `${option} takes no value` : `${option} needs a value`;
}

/** Whether MIKROSCOPE_DEBUG asks for whole stacks. */
export function isDebug({ MIKROSCOPE_DEBUG = '' }: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes(MIKROSCOPE_DEBUG);
}

/** The options on the command line, as `parseArgs` reads them. */
interface Values {
  readonly db?: readonly string[];
  readonly eval?: readonly string[];
  readonly help?: boolean;
  readonly version?: boolean;
  readonly python?: boolean;
  readonly as?: string;
  readonly update?: boolean;
  readonly reporter?: string;
  readonly timeout?: string;
  readonly 'file-timeout'?: string;
  readonly list?: boolean;
  readonly 'shell-at'?: string;
  readonly lang?: string;
  readonly out?: string;
}

function taskOf(
  values: Values,
  [command, path, ...rest]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options['task'] {
  const { eval: pieces } = values;
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command === 'check') return checkTask(values, path === undefined ? [] : [path, ...rest]);
  for (const name of ['update', 'reporter', 'timeout', 'file-timeout', 'list', 'shell-at'] as const)
    if (values[name] !== undefined) throw new UsageError(`--${name} goes with mikroscope check`);
  for (const name of ['python', 'as'] as const)
    if (values[name] !== undefined && command !== 'run')
      throw new UsageError(`--${name} goes with mikroscope run`);
  if (values.out !== undefined && command !== 'lesson')
    throw new UsageError('--out goes with mikroscope lesson html');
  const words = path === undefined ? [] : [path, ...rest];
  if (command === 'learn') return learnTask(values, words, environment);
  if (command === 'lesson') return lessonTask(values, words);
  if (values.lang !== undefined) throw new UsageError('--lang goes with mikroscope learn and lesson html');
  if (command === undefined) return pieces === undefined ? { kind: 'interactive' } : { kind: 'code', pieces };
  if (command === 'player') return { kind: 'player' };
  if (command === 'record' && rest.length === 0) return { kind: 'record', path };
  if (command !== 'run') throw new UsageError(`There is no command '${command}'`);
  if (path === undefined) throw new UsageError('run needs a FILE, or - for standard input');
  if (rest.length > 0 || pieces !== undefined)
    throw new UsageError(`run takes one FILE, and got '${rest[0] ?? '-e'}' as well`);
  if (values.as !== undefined && !values.python) throw new UsageError('--as goes with run --python');
  return values.python ? { kind: 'python', path, as: translationNamed(values.as) } : { kind: 'file', path };
}

function translationNamed(name: string | undefined): PythonTask['as'] {
  const found = translations.find(each => each === name);
  if (found === name) return found;
  throw new UsageError(`There is no translation '${name}'`, `Choose one of ${translations.join(', ')}.`);
}

function checkTask(values: Values, patterns: readonly string[]): CheckTask {
  const { db: urls = [], update = false, reporter: name = defaultReporter, list = false } = values;
  const reporter = reporterNames.find(each => each === name);
  if (!reporter)
    throw new UsageError(`There is no reporter '${name}'`, `Choose one of ${reporterNames.join(', ')}.`);
  return {
    kind: 'check',
    patterns,
    urls,
    update,
    reporter,
    list,
    timeoutMs: millisecondsOf(values, 'timeout'),
    fileTimeoutMs: millisecondsOf(values, 'file-timeout'),
    shellAt: values['shell-at'],
  };
}

function millisecondsOf(values: Values, name: 'timeout' | 'file-timeout'): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (!(Number(value) > 0)) throw new UsageError(`--${name} takes seconds, not '${value}'`);
  return Math.min(Number(value) * 1000, longestTimeoutMs);
}
