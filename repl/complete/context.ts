import type { Session } from '../../src/index.ts';
import type { Command } from '../commands/command.ts';
import type { Scope } from '../evaluate/runtime/scope.ts';

/** What completion looks at. */
export interface CompletionContext {
  readonly scope: Scope;
  readonly session: Session;
  readonly commands: readonly Command[];
  /** Tells the names in a folder, those of folders with a `/` at the end; none for what is not there. */
  readonly list?: (folder: string) => readonly string[];
}

/** What a candidate is. */
export type CandidateKind =
  | 'property'
  | 'relation'
  | 'method'
  | 'entity'
  | 'command'
  | 'operator'
  | 'value'
  | 'keyword'
  | 'module'
  | 'variable';

/** What could be typed. */
export interface Candidate {
  readonly text: string;
  readonly kind: CandidateKind;
  /** Its type as TypeScript writes it, but `User?` for `User | null`; left out if it is not known. */
  readonly type?: string;
  /** What else there is to say of it. */
  readonly detail?: string;
}

/** A candidate, before it is ranked; its type is only asked for if it is shown. */
export interface Found extends Omit<Candidate, 'type'> {
  readonly type: string | undefined;
  /** How far away it is: 0 for what is meant most likely. Those that match as well come in this order. */
  readonly distance: number;
}

/** What could stand in a text from one position to another. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  /** Those that are meant most likely first. */
  readonly candidates: readonly Candidate[];
}
