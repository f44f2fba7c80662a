import { readStatement } from '../../input/statement.ts';
import type { Block, Problem, Step, Transcript } from '../transcript.ts';
import { readAttributes } from './read-attributes.ts';
import { readExpectation } from './read-expectation.ts';
import { readFrontMatter } from './front-matter.ts';
import { expandRedactions, type Redactions } from './redactions.ts';
import { type Passage, readPassages } from './read-passages.ts';
import { namesIn, substitute } from './pattern.ts';

/** What ends a line in CommonMark. */
export const newline = /\r\n|\n|\r/;

/**
 * Parses a Markdown file. Never throws: what is wrong with it is in `problems`.
 *
 * @param path how to name the file
 */
export function parseTranscript(path: string, text: string): Transcript {
  const problems: Problem[] = [];
  const complain = (line: number, message: string) => void problems.push({ line, message });
  const lines = text.replace(/^\uFEFF/, '').split(newline);
  const { length, timeoutMs, ...frontMatter } = readFrontMatter(lines, complain);
  const body = [...Array.from({ length }, () => ''), ...lines.slice(length)];
  const { redact = {} } = frontMatter;
  const parser = { lines, redact, bound: new Map<string, string>(), complain };
  const blocks = readPassages(body, complain).map(passage => ({
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...readBlock(passage, parser),
  }));
  const ids = new Set<string>();
  for (const { id, line } of blocks) {
    if (id === undefined) continue;
    if (ids.has(id)) complain(line, `Another block has the id #${id}; ids must be unique.`);
    ids.add(id);
  }
  return {
    path,
    text,
    ...frontMatter,
    blocks,
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

/** What the whole file shares while it is parsed. */
interface Parser {
  /** The lines of the file. */
  readonly lines: readonly string[];
  readonly redact: Redactions;
  /** The names that the steps so far bind, each with some value. */
  readonly bound: Map<string, string>;
  /** Receives what is wrong with a line, counted from 1. */
  readonly complain: (line: number, message: string) => void;
}

function readBlock({ info, setup, fence, line, content, headings }: Passage, parser: Parser): Block {
  const { complain } = parser;
  const attributes = readAttributes(info, message => complain(line, message));
  const starts = content.flatMap((text, index) => (text.startsWith('> ') ? [index] : []));
  const stray = content.slice(0, starts[0] ?? content.length).findIndex(text => text.trim() !== '');
  if (stray >= 0)
    complain(line + 1 + stray, "A block begins with a statement: write '> ' before what is typed.");
  const steps = starts.map((start, index) =>
    readStep(content.slice(start, starts[index + 1]), line + 1 + start, parser),
  );
  return { ...attributes, line, lastLine: line + content.length + 1, fence, headings, setup, steps };
}

function readStep(
  content: readonly string[],
  line: number,
  { lines, bound, redact, complain }: Parser,
): Step {
  const rest = content.slice(1).findIndex(text => !/^\.\.\.(?: |$)/.test(text));
  const height = rest < 0 ? content.length : rest + 1;
  const typed = content
    .slice(0, height)
    .map((text, index) => text.slice(index === 0 ? 2 : 4))
    .join('\n');
  if (readStatement(substitute(typed, bound), () => true).kind === 'incomplete')
    complain(line, "This statement is incomplete: continue it in lines that begin with '... '.");
  // What a name stands for is unknown until it runs; a statement is as complete with any value.
  const written = content.slice(height).map(text => expandRedactions(text, redact));
  for (const [index, text] of written.entries())
    for (const name of namesIn(text)) {
      bound.set(name, '0');
      if (Object.hasOwn(redact, name))
        complain(line + height + index, `<${name}> is a redaction of the front matter; choose another name.`);
    }
  const source = lines[line - 1] ?? '';
  const [first = ''] = content;
  return {
    line,
    lastLine: line + content.length - 1,
    typed,
    margin: source.endsWith(first) ? source.slice(0, source.length - first.length) : '',
    expected: readExpectation(written, (index, message) => complain(line + height + index, message)),
  };
}
