import type { ChangeReport, SchemaReport } from '../../src/index.ts';

/** What a statement answers, before anyone decides how it looks. */
export type Answer = Body & {
  /** The SQL that ran for it, where that is to be shown. */
  readonly sql?: readonly string[];
  /** It wrote in a sandbox, where nothing lasts. */
  readonly sandbox?: boolean;
};

type Body =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'entities'; readonly items: readonly object[] }
  | TableAnswer
  /** What a commit, a flush, a rollback or a change of the schema did. */
  | { readonly kind: 'changes'; readonly report: ChangeReport | SchemaReport }
  /** SQL that the person asked to see. */
  | { readonly kind: 'sql'; readonly statements: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | ErrorAnswer
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'exit' };

/** Rows to be drawn in columns. */
export interface TableAnswer {
  readonly kind: 'table';
  readonly columns: readonly Column<object>[];
  readonly rows: readonly object[];
  /** What to say where there are no rows. */
  readonly empty: string;
}

/** A column of a table. */
export interface Column<Row> {
  readonly name: string;
  /** Numbers stand on the right, anything else on the left, unless this says otherwise. */
  readonly align?: 'left' | 'right';
  /** @returns the value that stands there; what it looks like is for the drawing to decide */
  cell(this: void, row: Row): unknown;
}

/** Something went wrong, and the prompt goes on. */
export interface ErrorAnswer {
  readonly kind: 'error';
  /** What was thrown: an Error, or any other value. */
  readonly error: unknown;
  /** The places in the person's own files that it came through. */
  readonly frames?: readonly string[];
  /** The typed line with a mark under the place, for a syntax error. */
  readonly excerpt?: string;
}
