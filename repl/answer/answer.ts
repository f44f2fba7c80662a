import type { ChangeReport, SchemaReport } from '../../src/index.ts';

/** What a statement answers. How it looks is up to `render`. */
export type Answer = Body & {
  /** The SQL that ran for it, if that is to be shown. */
  readonly sql?: readonly string[];
  /** It wrote in a sandbox, where nothing lasts. */
  readonly sandbox?: boolean;
};

type Body =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'entities'; readonly items: readonly object[] }
  | TableAnswer
  /** What a commit, flush or rollback did, or what createAll() or dropAll() did. */
  | { readonly kind: 'changes'; readonly report: ChangeReport | SchemaReport }
  /** The SQL of a query that was not run. */
  | { readonly kind: 'sql'; readonly statements: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | PageAnswer
  /** An error that was answered before, with its whole stack. */
  | { readonly kind: 'trace'; readonly error: unknown }
  | ErrorAnswer
  /** A statement that was stopped, and what became of what a server ran for it; empty where none did. */
  | { readonly kind: 'interrupted'; readonly verdict: string }
  | { readonly kind: 'exit'; readonly code: number };

/** A page of help, which is broken into lines that fit. */
export interface PageAnswer {
  readonly kind: 'page';
  readonly parts: readonly PagePart[];
}

export type PagePart =
  /** A text, indented below its heading if it has one. */
  | { readonly kind: 'paragraph'; readonly heading?: string; readonly text: string }
  /** Terms, each beside what it means. */
  | {
      readonly kind: 'list';
      readonly heading: string;
      readonly entries: readonly (readonly [term: string, text: string])[];
    }
  /** Rows of cells, in columns. */
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  /** Lines that stay as they are. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

/** Rows to draw in columns. */
export interface TableAnswer {
  readonly kind: 'table';
  readonly columns: readonly Column<object>[];
  readonly rows: readonly object[];
  /** What to print if there are no rows. */
  readonly empty: string;
}

/** A column of a table. */
export interface Column<Row> {
  readonly name: string;
  /** By default, numbers are aligned right and everything else left. */
  readonly align?: 'left' | 'right';
  /** @returns the value of the cell; how it looks is up to `render` */
  cell(this: void, row: Row): unknown;
}

/** An error. The prompt goes on. */
export interface ErrorAnswer {
  readonly kind: 'error';
  /** What was thrown: an Error, or any other value. */
  readonly error: unknown;
  /** Where it comes from: places in what was typed and in the user's own files, and causes. */
  readonly frames?: readonly Frame[];
  /** What was probably meant: the statement, corrected. */
  readonly suggestion?: string;
  /** For a syntax error, the typed line. */
  readonly excerpt?: Excerpt;
}

/** A line of a stack. */
export interface Frame {
  readonly text: string;
  /** The typed line that it is about, if that is not directly above. */
  readonly excerpt?: Excerpt;
}

/** A line of what was typed. */
export interface Excerpt {
  readonly text: string;
  /** The column that is to be marked, from 0 on; undefined where it is not known. */
  readonly column: number | undefined;
  /** Which line it is, from 1 on; undefined for the only one. */
  readonly number: number | undefined;
}
