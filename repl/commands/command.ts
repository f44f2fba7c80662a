import type { Session } from '../../src/index.ts';

/** A class that the session maps to a table. */
export type EntityClass = Session['entities'][string];

/** What a command works with. */
export interface CommandContext {
  readonly session: Session;
  /** Whether there is a project that can be loaded anew. */
  readonly reloads: boolean;
  /** @returns what there is to say of it */
  readonly reload: () => Promise<string>;
}

/** A function that the prompt provides, with what `help` says about it. */
export interface Command {
  readonly name: string;
  readonly group: 'Schema' | 'Project' | 'Session' | 'Query';
  /** One sentence. */
  readonly summary: string;
  /** How it is called. */
  readonly usage: string;
  /** Lines of a session, prompts included. */
  readonly example: readonly string[];
  /** Whether there is anything for it here; `help` lists it only then. Without it there always is. */
  readonly isUseful?: (context: CommandContext) => boolean;
  /** @returns what it answers, or a promise of it */
  readonly run: (args: readonly unknown[], context: CommandContext) => unknown;
}
