import MarkdownIt from 'markdown-it';
import { statementsOf } from './read-answer.ts';

const markdown = new MarkdownIt('commonmark');

/** The statements that a Markdown text shows as code, in its lines or in blocks. */
export function codeIn(text: string): string[] {
  return markdown.parse(text, {}).flatMap(({ type, content, children }) => {
    if (type === 'fence' || type === 'code_block') return statementsOf(content);
    return (children ?? []).flatMap(child => (child.type === 'code_inline' ? [child.content] : []));
  });
}
