import { visible } from '../../../src/index.ts';
import { codeSpans } from '../prose/code-spans.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes a text so that HTML shows it, and a browser obeys nothing in it. */
export function escapeHtml(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, found => entities[found] ?? found);
}

/** Writes code in the colors of the prompt. */
export function htmlCode(code: string): string {
  return codeSpans(code)
    .map(({ kind, text }) =>
      kind === undefined ? escapeHtml(text) : `<span class="${kind}">${escapeHtml(text)}</span>`,
    )
    .join('');
}

/** What is folded until somebody opens it. */
export function folded(summary: string, body: string, name: string, isOpen = false): string {
  return `<details class="${name}"${isOpen ? ' open' : ''}><summary>${escapeHtml(summary)}</summary>\n${body}\n</details>`;
}
