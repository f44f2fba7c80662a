import type { EntityDescription, Session } from '../../src/index.ts';
import type { ReloadableShell, Reopening } from '../reload/reload.ts';

/** A class that is mapped to a table. */
export type EntityClass = Session['entities'][string];

/** What is known of the value of an expression, which is not evaluated. */
export interface ExpressionType {
  /** As TypeScript writes it; undefined if nothing is known. */
  readonly text: string | undefined;
  /** The names of the types that it may be of, such as `Query` and `Collection`. */
  readonly names: readonly string[];
  /** The class of the entities, or of the embedded objects, that it may be one of. */
  readonly entity: EntityDescription | undefined;
  /** The names of its members, the nearest first. */
  readonly members: readonly string[];
}

/** The prompt that a command was typed at. */
export interface CommandContext extends ReloadableShell {
  /** Every command of this prompt, in the order of help. */
  readonly commands: readonly Command[];
  /** How to open the project again; undefined if no project is open. */
  readonly reopening: Reopening | undefined;
  /** The JavaScript that the last line was compiled to; undefined before the first. */
  readonly compiled: string | undefined;
  /** Whether answers show the SQL that ran for them. */
  showsSql: boolean;
  /** Whether statements with type errors are refused. */
  checksTypes: boolean;
  /** What is known of the value of an expression, which is not evaluated. */
  readonly typeOf: (expression: string) => Promise<ExpressionType>;
  /**
   * The type of an expression as TypeScript's compiler has it; nothing is evaluated.
   *
   * @throws MikroscopeError `TypeMismatch` if the compiler finds an error in it
   */
  readonly compiledTypeOf: (expression: string) => Promise<string>;
}

/** A command of the shell, with its help. */
export interface Command {
  readonly name: string;
  /** Other names for it. */
  readonly aliases?: readonly string[];
  /**
   * How it is typed: as a function, `commit()`, which is the default; as a line that begins with a dot, `.sql on`; or
   * either way, and then as a bare word, too: `exit`.
   */
  readonly form?: 'function' | 'dotted' | 'either';
  /** The heading under which help lists it. */
  readonly group: 'Schema' | 'Session' | 'Query' | 'Project' | 'Shell';
  /** One sentence. */
  readonly summary: string;
  /** An example of how it is typed, such as `get(Entity, key)`. */
  readonly usage: string;
  /**
   * What the function takes and returns, as TypeScript writes it, for completion: `<T>(entity: EntityClass<T>) => Query<T>`.
   * Its names are those of `complete/declarations/`.
   */
  readonly type?: string;
  /** What may be typed after a dotted command, and within quotes as the first argument of a function; or that it is a file. */
  readonly argument?: 'file' | ((context: Pick<CommandContext, 'commands' | 'session'>) => readonly string[]);
  /** Lines of a session, prompts included. */
  readonly example: readonly string[];
  /** Whether it can do anything here; help lists it only then. By default it can. */
  readonly isUseful?: (context: CommandContext) => boolean;
  /**
   * @param args the arguments of the call; for a line with a dot, the rest of the line as one string, if there is any
   * @returns the value of the call, or a promise of it; `answer/show-as.ts` makes values that are shown as a text or a
   *   table
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
