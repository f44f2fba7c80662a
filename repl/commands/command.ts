import type { Session } from '../../src/index.ts';
import type { ReloadableShell, Reopening } from '../reload/reload.ts';

/** A class that the session maps to a table. */
export type EntityClass = Session['entities'][string];

/** The prompt that a command was typed at. */
export interface CommandContext extends ReloadableShell {
  /** Every command of this prompt, in the order in which help lists them. */
  readonly commands: readonly Command[];
  /** How the project is opened again; without it there is nothing to reload. */
  readonly reopening: Reopening | undefined;
  /** The JavaScript that the last line became; undefined before there was one. */
  readonly compiled: string | undefined;
  /** Whether each answer begins with the SQL that ran for it. */
  showsSql: boolean;
}

/** Something that a person can tell the shell to do, with what help says about it. */
export interface Command {
  readonly name: string;
  /** Other names for it. */
  readonly aliases?: readonly string[];
  /**
   * How it is typed: as a function, `commit()`; as a line that begins with a dot, `.sql on`; or either way, and then
   * also as a bare word, `exit`. A function unless this says otherwise.
   */
  readonly form?: 'function' | 'dotted' | 'either';
  /** The heading in the list that help prints. */
  readonly group: 'Schema' | 'Session' | 'Query' | 'Project' | 'Shell';
  /** One sentence. */
  readonly summary: string;
  /** How it is typed, such as `get(Entity, key)`. */
  readonly usage: string;
  /** Lines of a session, prompts included. */
  readonly example: readonly string[];
  /** Whether it can do anything here; help lists it only then. Always, unless this says otherwise. */
  readonly isUseful?: (context: CommandContext) => boolean;
  /**
   * @param args the arguments of the call; after a dot, the rest of the line as one text, or nothing
   * @returns the value of the call, or a promise of it, shown as any other value is: see `answer/show-as.ts` for a
   *   text or a table
   */
  readonly run: (args: readonly unknown[], context: CommandContext) => unknown;
}

/** Every name of a command. */
export function namesOf({ name, aliases = [] }: Command): readonly string[] {
  return [name, ...aliases];
}

/** Every word that a command can be typed as: `exit`, `quit`, `.exit`, `.quit`. */
export function wordsOf(command: Command): readonly string[] {
  const { form = 'function' } = command;
  return namesOf(command).flatMap(name => [
    ...(form === 'dotted' ? [] : [name]),
    ...(form === 'function' ? [] : [`.${name}`]),
  ]);
}
