import type { Session } from '../../src/index.ts';
import type { Command } from '../commands/command.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** What completion may look at. */
export interface CompletionContext {
  readonly scope: Scope;
  readonly session: Session;
  readonly commands: readonly Command[];
}

/** What is being typed, and on what. */
export type Typing =
  | { readonly kind: 'command' }
  | { readonly kind: 'name' }
  | { readonly kind: 'member'; readonly of: unknown };

/** Something that could be meant. */
export interface Candidate {
  readonly text: string;
  /** How far away it is: 0 for what is the value's own, 1 for what it inherits, and so on. The nearest come first. */
  readonly distance: number;
}

/** Knows candidates of one sort. What does not begin as the typed word does is sorted out later. */
export type CompletionSource = (typing: Typing, context: CompletionContext) => Iterable<Candidate>;
