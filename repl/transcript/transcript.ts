import { type DialectName, dialectNames } from '../../src/index.ts';

/** A Markdown file with sessions in it. Lines count from 1. Plain data, so that it can be sent to another process. */
export interface Transcript {
  /** As the user named the file. */
  readonly path: string;
  readonly text: string;
  readonly title?: string;
  /** The databases that the file lists. */
  readonly databases?: readonly DatabaseName[];
  /** The time at which its session is frozen, in ISO format. */
  readonly clock?: string;
  /** The wildcards of the file's own, by their names: regular expressions in which a slash has a backslash. */
  readonly redact?: Readonly<Record<string, string>>;
  /** How long the file may take on a database. */
  readonly fileTimeoutMs?: number;
  readonly blocks: readonly Block[];
  /** Why it cannot run; empty if it can. */
  readonly problems: readonly Problem[];
}

/** The databases that a transcript can name. */
export const databaseNames = dialectNames;
export type DatabaseName = DialectName;

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
  /** What opens and closes it, such as three backticks; empty for a hidden block. */
  readonly fence: string;
  /** The headings above it, outermost first. */
  readonly headings: readonly string[];
  /** Whether it is hidden: it runs for its effect, and readers do not see it. */
  readonly setup: boolean;
  readonly steps: readonly Step[];
}

/** What the braces after `repl` say. */
export interface Attributes {
  readonly id?: string;
  readonly task: boolean;
  /** The databases that the block is for; absent for all. */
  readonly only?: readonly DatabaseName[];
  /** Why the block does not run. */
  readonly skip?: string;
  /** How long a step may take. */
  readonly timeoutMs?: number;
  /** Whether the lines of the output may come in any order. */
  readonly unordered: boolean;
}

/** One statement and what is written under it. */
export interface Step {
  readonly line: number;
  /** The last line that belongs to it. */
  readonly lastLine: number;
  readonly typed: string;
  /** What precedes each of its lines: the indentation of a list, the mark of a quote. */
  readonly margin: string;
  readonly expected: Expectation;
}

/** What is written under a statement. What is absent is not checked. */
export interface Expectation {
  /** Lines that may have wildcards. */
  readonly output: readonly string[];
  readonly sql: readonly ExpectedSql[];
  readonly queries?: ExpectedQueries;
  readonly pending?: string;
  /** Every line as the file has it, without the margin and with blank lines at the end. */
  readonly written: readonly string[];
}

export interface ExpectedSql {
  /** The only database that the line is for; absent for all. */
  readonly database?: DatabaseName;
  readonly text: string;
}

export interface ExpectedQueries {
  readonly atMost: boolean;
  readonly count: number;
}

/** The steps of a file in order, each with its block. */
export function stepsOf({ blocks }: Pick<Transcript, 'blocks'>): { step: Step; block: Block }[] {
  return blocks.flatMap(block => block.steps.map(step => ({ step, block })));
}
