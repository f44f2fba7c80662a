/** A Markdown file with sessions in it. Lines are counted from 1. Plain data, so that it can go to another thread. */
export interface Transcript {
  /** As the person named the file. */
  readonly path: string;
  readonly text: string;
  readonly title?: string;
  /** The databases that the file itself asks for. */
  readonly databases?: readonly DatabaseName[];
  /** The time that its session lives in. */
  readonly clock?: string;
  readonly blocks: readonly Block[];
  /** Why it cannot run; empty for a sound file. */
  readonly problems: readonly Problem[];
}

/** The databases that a transcript can name. */
export const databaseNames = ['sqlite', 'postgresql', 'mysql', 'mariadb', 'libsql', 'pglite'] as const;
export type DatabaseName = (typeof databaseNames)[number];

export function isDatabaseName(name: string): name is DatabaseName {
  return (databaseNames as readonly string[]).includes(name);
}

export interface Problem {
  readonly line: number;
  /** One sentence that says what to do. */
  readonly message: string;
}

/** A fence of language `repl`, or a hidden `<!-- repl setup`. */
export interface Block extends Attributes {
  /** The line that opens it. */
  readonly line: number;
  /** The line that closes it. */
  readonly lastLine: number;
  /** What opens and closes it, such as three backticks; empty for a hidden one. */
  readonly fence: string;
  /** The headings that it stands under, outermost first. */
  readonly headings: readonly string[];
  readonly setup: boolean;
  readonly steps: readonly Step[];
}

/** What stands in the braces after `repl`. */
export interface Attributes {
  readonly id?: string;
  readonly task: boolean;
  /** The databases that it is for; absent for all. */
  readonly only?: readonly DatabaseName[];
  /** Why it does not run. */
  readonly skip?: string;
  /** How long a step may take, in milliseconds. */
  readonly timeout?: number;
  /** Whether the order of the output's lines is left open. */
  readonly unordered: boolean;
}

/** One statement, with what is written under it. */
export interface Step {
  readonly line: number;
  /** The last line that belongs to it. */
  readonly lastLine: number;
  readonly typed: string;
  /** What stands before each of its lines: the indentation of a list, the mark of a quote. */
  readonly margin: string;
  readonly expected: Expectation;
}

/** What is written under a statement. What is absent is not checked. */
export interface Expectation {
  /** Lines that may hold wildcards. */
  readonly output: readonly string[];
  readonly sql: readonly ExpectedSql[];
  readonly queries?: { readonly atMost: boolean; readonly count: number };
  readonly pending?: string;
  /** Every line as it stands in the file, without the margin; blank ones at the end too. */
  readonly written: readonly string[];
}

export interface ExpectedSql {
  /** The one database that it is for. */
  readonly database?: DatabaseName;
  readonly text: string;
}
