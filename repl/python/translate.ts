import { MikroscopeError } from '../../src/index.ts';
import { type Helper, helpers } from './members.ts';
import type { Models } from './models.ts';
import { sure } from './kinds.ts';
import { Names } from './names.ts';
import { operatorsOf } from './operators.ts';
import { hasPrompts, isElided, readPieces, withoutSlashes } from './read-session.ts';
import { Refusal } from './refusal.ts';
import { Statements } from './statements.ts';
import { boundIn, neededBy, parsePython, type PyNode, walk } from './tree.ts';

/** A statement of Python and what it is in TypeScript. */
export interface Translation {
  readonly python: string;
  /** The number of its first line, from 1 on. */
  readonly line: number;
  /** Statements of TypeScript: none for what has nothing to do here, such as an import. */
  readonly typescript: readonly string[];
  /** What there is to say of it. */
  readonly notes: readonly string[];
  /** Why nothing does the same in TypeScript, and what comes nearest. */
  readonly refusal?: { readonly reason: string; readonly nearest: string };
}

/**
 * Translates sessions of Flask-SQLAlchemy to TypeScript that does the same, as far as that can be known before anything
 * runs: what it cannot know it refuses. It knows from one text to the next which names there are and what they hold.
 */
export class PythonSession {
  readonly #writer: Statements;
  #helpers = new Set<Helper>();

  /** @param models what is known of the entities that are open */
  constructor(models: Models) {
    this.#writer = new Statements(new Names(models));
  }

  /**
   * @param text statements of Python, with prompts or without, and in a text with prompts anything else between them
   * @returns its statements in order. Never throws
   */
  translate(text: string): readonly Translation[] {
    const pieces = readPieces(text);
    return pieces.flatMap(({ code, line }, index) => {
      const later = pieces.slice(index + 1).flatMap(each => parsePython(each.code).statements);
      return this.#piece(code, line, hasPrompts(text), later);
    });
  }

  /** Translates a text that does not run: nothing is known of it afterwards. */
  preview(text: string): readonly Translation[] {
    const helpersBefore = new Set(this.#helpers);
    const translated = this.#writer.names.undone(() => this.translate(text));
    this.#helpers = helpersBefore;
    return translated;
  }

  #piece(code: string, line: number, isPrompted: boolean, later: readonly PyNode[]): Translation[] {
    if (code.trim() === '') return [];
    const { statements, error } = parsePython(code);
    if (error !== undefined) {
      const at = line + code.slice(0, error).split('\n').length - 1;
      const python = code.split('\n')[at - line] ?? code;
      if (isPrompted && isElided(code))
        return [
          {
            python: code,
            line,
            typescript: [],
            notes: ['no Python, and passed over: an answer that was cut short'],
          },
        ];
      return [
        {
          python,
          line: at,
          typescript: [],
          notes: [],
          refusal: { reason: 'This is no Python', nearest: '' },
        },
      ];
    }
    return statements.map((statement, index) => {
      const at = line + code.slice(0, statement.from).split('\n').length - 1;
      const after = neededBy([...statements.slice(index + 1), ...later]);
      return this.#statement(statement, at, after);
    });
  }

  #statement(node: PyNode, line: number, later: ReadonlySet<string>): Translation {
    const about = { python: node.text, line };
    try {
      return { ...about, ...this.#written(node, later) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What follows // may be a comment.
      const plain = withoutSlashes(node.text);
      const [again, ...others] =
        plain === node.text || !this.#isComment(node) ? [] : parsePython(plain).statements;
      if (again && others.length === 0 && parsePython(plain).error === undefined)
        return { ...this.#statement(again, line, later), python: node.text };
      for (const name of boundIn([node]))
        this.#writer.names.refuse(name, `${name} gets its value in line ${line}, which is not translated`);
      return {
        ...about,
        typescript: [],
        notes: [],
        refusal: { reason: error.message, nearest: error.nearest },
      };
    }
  }

  /** Whether `//` cannot divide: what is before it is known, and no number. */
  #isComment(node: PyNode): boolean {
    let left: PyNode | undefined;
    walk(node, each => {
      if (each.type === 'BinaryExpression' && operatorsOf(each).operator === '//')
        left ??= operatorsOf(each).left;
    });
    try {
      const kind = left && sure(this.#writer.expression(left).kind);
      return kind !== undefined && !/^(?:int|float|bool|unknown)$/.test(kind.is);
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  #written(node: PyNode, later: ReadonlySet<string>): Pick<Translation, 'typescript' | 'notes'> {
    const writer = this.#writer;
    writer.needed.clear();
    writer.notes.length = 0;
    const lines = writer.names.attempt(() => writer.statement(node, later));
    const needed = [...writer.needed].filter(helper => !this.#helpers.has(helper));
    for (const helper of needed) this.#helpers.add(helper);
    return {
      typescript: [...needed.map(helper => helpers[helper]), ...lines],
      notes: [...new Set(writer.notes)],
    };
  }
}

/** The sentence that says what is refused, and what to write instead. */
export function refusalError({ line, python, refusal }: Translation): MikroscopeError {
  const nearest = refusal?.nearest
    ? `TypeScript that comes nearest: ${refusal.nearest}`
    : 'Nothing of it has run.';
  const [first = ''] = python.split('\n');
  return new MikroscopeError('Refused', `${refusal?.reason ?? ''}: line ${line}, ${first}`, nearest);
}
