import type { Block, Problem, Transcript } from '../transcript/transcript.ts';

/** A transcript that teaches: what to read, what to watch, and what to do oneself. */
export interface Lesson {
  readonly path: string;
  readonly title: string;
  readonly transcript: Transcript;
  /** Changes when the file does. */
  readonly hash: string;
  readonly parts: readonly Part[];
  /** Why it cannot be played; empty if it can. */
  readonly problems: readonly Problem[];
}

export type Part = Prose | Stop | Setup;

/** Markdown to read. */
interface Prose {
  readonly kind: 'prose';
  readonly line: number;
  readonly markdown: string;
}

/** Statements that run unseen. */
interface Setup {
  readonly kind: 'setup';
  readonly line: number;
  readonly block: Block;
}

/** Where the learner does something before the lesson goes on. */
export type Stop = Demonstration | Task | Question;

/** Statements that are shown, and run at Enter. */
interface Demonstration {
  readonly kind: 'demonstration';
  readonly id: string;
  readonly line: number;
  readonly block: Block;
}

/** What the learner types; the statements of the block are the author's way. */
export interface Task {
  readonly kind: 'task';
  readonly id: string;
  readonly line: number;
  readonly block: Block;
  /** Markdown, the vaguest first. */
  readonly hints: readonly string[];
  /** Other ways that count. */
  readonly others: readonly Answer[];
  /** Ways that do not count. */
  readonly wrong: readonly WrongAnswer[];
}

/** Statements that are typed instead of the author's. */
export interface Answer {
  readonly line: number;
  readonly typed: readonly string[];
}

export interface WrongAnswer extends Answer {
  /** What the learner is told, or a part of it. */
  readonly reason: string;
}

/** A question with one right choice; what it asks is in the prose before. */
export interface Question {
  readonly kind: 'question';
  readonly id: string;
  readonly line: number;
  readonly choices: readonly Choice[];
}

export interface Choice {
  /** Markdown. */
  readonly text: string;
  readonly isRight: boolean;
  /** Markdown that is said when it is chosen; empty for nothing. */
  readonly because: string;
}

export function isStop(part: Part): part is Stop {
  return part.kind !== 'prose' && part.kind !== 'setup';
}

/** Where the learner does something, in order. */
export function stopsOf({ parts }: Pick<Lesson, 'parts'>): Stop[] {
  return parts.filter(isStop);
}
