import { inspect } from 'node:util';
import { MikroscopeError } from '../../src/index.ts';
import type { Command } from './command.ts';

/**
 * A command as a startup file declares it.
 *
 * @example
 * export const commands = [
 *   {
 *     name: 'newest',
 *     summary: 'Find the newest rows of an entity.',
 *     usage: 'newest(Entity)',
 *     example: ['> newest(User)', "[ User('Corey', 'c@demo.com') ]"],
 *     run: ([entity], { session }) => session.query(entity).orderBy({ id: 'desc' }).limit(5).all(),
 *   },
 * ];
 */
interface ProjectCommand extends Pick<Command, 'name' | 'summary' | 'type'> {
  /** By default `name()`, or `.name`. */
  readonly usage?: string;
  readonly example?: string | readonly string[];
  /** `'dotted'` for a line such as `.newest User`; a function by default. */
  readonly form?: 'function' | 'dotted';
  /** What completion offers as its argument: some words, or `'file'`. */
  readonly argument?: 'file' | readonly string[];
  /**
   * @param args the arguments of the call; for a line with a dot, the rest of the line as one string, if there is any
   * @param names what the prompt provides: `session`, `em`, `orm`, the entities and the other commands
   * @returns the value of the call, or a promise of it
   */
  readonly run: (args: readonly unknown[], names: Readonly<Record<string, unknown>>) => unknown;
}

/**
 * Reads the commands that a startup file exports.
 *
 * @param file the name of the file
 * @throws MikroscopeError `BadConfiguration` if one of them is not a command
 */
export function readProjectCommands(exported: unknown, file: string): Command[] {
  if (exported === undefined) return [];
  if (!Array.isArray(exported)) throw invalid(file, `commands must be an array, not ${shown(exported)}`);
  return exported.map((each: unknown, index) => {
    const problem = problemOf(each);
    if (problem !== undefined) throw invalid(file, `commands[${index}] ${problem}`);
    return commandOf(each as ProjectCommand);
  });
}

function commandOf(command: ProjectCommand): Command {
  const { name, summary, form = 'function', usage, example = [], type, argument, run } = command;
  return {
    name,
    form,
    group: 'Project',
    summary,
    usage: usage ?? (form === 'dotted' ? `.${name}` : `${name}()`),
    example: [example].flat(),
    ...(type !== undefined && { type }),
    ...(argument !== undefined && { argument: argument === 'file' ? argument : () => argument }),
    run: (args, { scope }) => run(args, scope.provided),
  };
}

/** What each property must be. */
const properties: Readonly<
  Record<keyof ProjectCommand, readonly [what: string, is: (value: unknown) => boolean]>
> = {
  name: ['a name of letters and digits', value => typeof value === 'string' && /^[a-z]\w*$/i.test(value)],
  summary: ['a string', value => typeof value === 'string'],
  run: ['a function', value => typeof value === 'function'],
  usage: ['a string', value => isMissing(value) || typeof value === 'string'],
  example: ['a string, or an array of strings', value => isMissing(value) || isTexts([value].flat())],
  type: ['a string', value => isMissing(value) || typeof value === 'string'],
  argument: [
    "'file', or an array of strings",
    value => isMissing(value) || value === 'file' || isTexts(value),
  ],
  form: ["'function' or 'dotted'", value => isMissing(value) || value === 'function' || value === 'dotted'],
};

/** @returns why a value is not a command; undefined if it is */
function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return `must be an object, not ${shown(value)}`;
  const unknown = Object.keys(value).find(key => !Object.hasOwn(properties, key));
  if (unknown !== undefined) return `has a property '${unknown}' that no command has`;
  for (const [key, [what, is]] of Object.entries(properties)) {
    const given: unknown = Reflect.get(value, key);
    if (is(given)) continue;
    const article = key === 'argument' ? 'an' : 'a';
    return isMissing(given) ? `has no ${key}` : `has ${article} ${key} that is not ${what}: ${shown(given)}`;
  }
  return undefined;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function isMissing(value: unknown): boolean {
  return value === undefined;
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity });
}

function invalid(file: string, message: string): MikroscopeError {
  return new MikroscopeError(
    'BadConfiguration',
    `${file}: ${message}`,
    'A command has a name, a summary and a run(args, names); it may have usage, example, form, type and argument.',
  );
}
