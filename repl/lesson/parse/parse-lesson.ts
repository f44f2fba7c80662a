import { createHash } from 'node:crypto';
import { newline, parseTranscript } from '../../transcript/parse/parse-transcript.ts';
import type { Block, Problem } from '../../transcript/transcript.ts';
import type { Lesson, Part, Stop, Task } from '../lesson.ts';
import { type Details, type Piece, readPieces } from './read-pieces.ts';
import { readAnswer } from './read-answer.ts';

/** The clock stands still in a lesson, so that a learner's rows have the same dates as the author's. */
const defaultClock = '2026-01-05T12:00:00Z';

/**
 * Parses a transcript as a lesson. Never throws: what is wrong with it is in `problems`.
 *
 * @param path how to name the file
 * @param isTranslation whether its blocks are empty, as those of a translation, in which all `<details>` are hints
 */
export function parseLesson(path: string, text: string, isTranslation = false): Lesson {
  const parsed = parseTranscript(path, text);
  const transcript = { ...parsed, clock: parsed.clock ?? defaultClock };
  const problems: Problem[] = [...transcript.problems];
  const complain = (line: number, message: string) => void problems.push({ line, message });
  const lines = text.replace(/^\uFEFF/, '').split(newline);
  const reader = new Reader(transcript.blocks, complain, isTranslation);
  const parts = reader.read(readPieces(lines, complain, isTranslation ? /^/ : meant));
  for (const problem of isTranslation ? [] : problemsOf(parts)) complain(problem.line, problem.message);
  return {
    path,
    title: transcript.title ?? path,
    transcript,
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
    parts,
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

/** The summaries that a lesson has a meaning for; other details are prose. */
const meant = /^(?:Hint\b|Another answer$|Wrong answer:)/;

/** What would make a lesson that cannot be learned. */
function problemsOf(parts: readonly Part[]): Problem[] {
  if (!parts.some(({ kind }) => kind === 'task'))
    return [{ line: 1, message: 'A lesson needs a task: a block that begins with ```repl {#name task}.' }];
  const ids = new Map<string, number>();
  return parts.flatMap(part => {
    if (part.kind === 'prose' || part.kind === 'setup') return [];
    const { id, line } = part;
    const isTwice = ids.has(id);
    ids.set(id, line);
    if (isTwice) return [{ line, message: `Another step has the id #${id}; ids must be unique.` }];
    if (part.kind !== 'question') return problemsOfBlock(part.block);
    const right = part.choices.filter(({ isRight }) => isRight).length;
    return right === 1
      ? []
      : [{ line, message: `A question has one right choice, [x]; this one has ${right}.` }];
  });
}

function problemsOfBlock({ task, id, line, steps }: Block): Problem[] {
  if (task && id === undefined)
    return [{ line, message: 'A task needs an id, by which progress remembers it: ```repl {#name task}.' }];
  const bound = steps.find(({ typed }) => /<[a-z]\w*>/.test(typed));
  if (!bound)
    return steps.length === 0 ? [{ line, message: 'This block is empty: write what is typed.' }] : [];
  const message =
    "A statement of a lesson cannot have a wildcard, as a learner's value is another: use a variable.";
  return [{ line: bound.line, message }];
}

/** Puts the pieces of a file together: hints go to the task after them, other answers to the one before. */
class Reader {
  readonly #blocks: ReadonlyMap<number, Block>;
  readonly #complain: (line: number, message: string) => void;
  readonly #parts: Part[] = [];
  #hints: Details[] = [];
  readonly #isTranslation: boolean;
  #unnamed = 0;

  constructor(
    blocks: readonly Block[],
    complain: (line: number, message: string) => void,
    isTranslation: boolean,
  ) {
    this.#isTranslation = isTranslation;
    this.#blocks = new Map(blocks.map(block => [block.line, block]));
    this.#complain = complain;
  }

  read(pieces: readonly Piece[]): Part[] {
    for (const piece of pieces) this.#take(piece);
    this.#dropHints();
    return this.#parts;
  }

  #take(piece: Piece): void {
    switch (piece.kind) {
      case 'prose':
        this.#dropHints();
        this.#parts.push(piece);
        break;
      case 'choices':
        this.#dropHints();
        this.#parts.push({ ...piece, kind: 'question', id: this.#idFor('question') });
        break;
      case 'details':
        this.#takeDetails(piece);
        break;
      case 'block':
        this.#takeBlock(piece.line);
        break;
    }
  }

  #takeBlock(line: number): void {
    const block = this.#blocks.get(line);
    // A block that is not closed is a problem of the transcript.
    if (!block) return;
    if (block.setup) this.#parts.push({ kind: 'setup', line, block });
    else if (!block.task) {
      this.#dropHints();
      this.#parts.push({ kind: 'demonstration', line, block, id: block.id ?? this.#idFor('step') });
    } else {
      const hints = this.#hints.map(({ markdown }) => markdown);
      this.#hints = [];
      const task = { kind: 'task', line, block, hints, others: [], wrong: [] } as const;
      this.#parts.push({ ...task, id: block.id ?? this.#idFor('task') });
    }
  }

  #takeDetails(details: Details): void {
    if (this.#isTranslation || details.summary.startsWith('Hint')) {
      this.#hints.push(details);
      return;
    }
    const task = this.#parts.at(-1);
    if (task?.kind !== 'task') {
      this.#complain(details.line, `'${details.summary}' has no task before it: an answer follows its task.`);
      return;
    }
    const answer = readAnswer(details, this.#complain);
    if (answer) this.#parts[this.#parts.length - 1] = withAnswer(task, answer);
  }

  #dropHints(): void {
    for (const { line } of this.#hints)
      this.#complain(line, 'This hint is for no task: it stands right before the block of its task.');
    this.#hints = [];
  }

  #idFor(kind: Exclude<Stop['kind'], 'demonstration'> | 'step'): string {
    return `${kind}-${++this.#unnamed}`;
  }
}

function withAnswer(task: Task, answer: NonNullable<ReturnType<typeof readAnswer>>): Task {
  return 'reason' in answer
    ? { ...task, wrong: [...task.wrong, answer] }
    : { ...task, others: [...task.others, answer] };
}
