import type { Session } from '../../src/index.ts';
import type { Command } from '../commands/command.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** What completion looks at. */
export interface CompletionContext {
  readonly scope: Scope;
  readonly session: Session;
  readonly commands: readonly Command[];
}

/** What is being typed: a command, a name, or a member of a value. */
export type Typing =
  | { readonly kind: 'command' }
  | { readonly kind: 'name' }
  | { readonly kind: 'member'; readonly of: unknown };

/** A word that could be typed. */
export interface Candidate {
  readonly text: string;
  /** 0 for a member of the value itself, 1 for one of its prototype, and so on. The nearest candidates come first. */
  readonly distance: number;
}

/** Finds candidates of one sort. Those that do not start with the typed word are dropped later. */
export type CompletionSource = (typing: Typing, context: CompletionContext) => Iterable<Candidate>;
