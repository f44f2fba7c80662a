import { splitStatements } from '../../input/split-statements.ts';
import type { Answer, WrongAnswer } from '../lesson.ts';
import type { Details } from './read-pieces.ts';

/**
 * Reads the statements of an answer that a lesson lists beside the author's.
 *
 * @param complain receives what is wrong with a line
 */
export function readAnswer(
  { line, summary, fences }: Details,
  complain: (line: number, message: string) => void,
): Answer | WrongAnswer | undefined {
  const [fence] = fences;
  if (!fence || fences.length > 1) {
    complain(line, `'${summary}' needs its statements in one block of code, such as \`\`\`ts.`);
    return undefined;
  }
  const typed = statementsOf(fence.content);
  const answer = { line: fence.line + 1, typed };
  const [, reason] = /^Wrong answer: *(.+)$/s.exec(summary) ?? [];
  if (reason !== undefined) return { ...answer, reason: textOf(reason) };
  if (!summary.startsWith('Wrong')) return answer;
  complain(line, "Say why it is wrong: <summary>Wrong answer: the title is 'Blog1', not 'Blog 1'</summary>.");
  return undefined;
}

/** The statements of a text, as the prompt takes a paste. */
export function statementsOf(text: string): readonly string[] {
  const trimmed = text.replace(/\n+$/, '');
  return trimmed.trim() === '' ? [] : (splitStatements(trimmed) ?? [trimmed]);
}

/** Of what stands in HTML, the text. */
function textOf(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
  return html
    .replaceAll(/<\/?code>/g, '`')
    .replaceAll(/&(lt|gt|amp|quot);/g, (_, name: string) => entities[name] ?? '');
}
