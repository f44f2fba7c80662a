import { describe, expect, it } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { renderProse } from '../../../repl/lesson/prose/render-prose.ts';

const draw = (text: string, width: number) => renderProse(text, { width, color: false });

describe('prose at a terminal', () => {
  it.each([
    ['headings and paragraphs', '# One\n\nTwo\nthree.\n\nFour.', 'One\n\nTwo three.\n\nFour.', 40],
    ['lists, and lists in lists', '- one\n- two\n  - three\n\nEnd', '• one\n• two\n  • three\n\nEnd', 40],
    ['numbered lists', '3. one\n4. two', '3. one\n4. two', 40],
    [
      'code in lines and in blocks',
      'Call `add()`:\n\n```ts\nadd(user)\n```',
      'Call `add()`:\n\n    add(user)',
      40,
    ],
    ['links, with where they lead', '[docs](https://a.b/c)', 'docs (https://a.b/c)', 40],
    ['quotes', '> one\n> two', '│ one two', 40],
    ['lines that are too long', 'one two three four', 'one two\nthree four', 10],
    ['tables', '| a | b |\n| - | - |\n| 1 | 2 |', 'a  b\n1  2', 40],
    ['what a terminal would obey', 'a\u001B[31mb', 'a\\x1B[31mb', 40],
  ] as [string, string, string, number][])('has %s', (_, text, drawn, width) => {
    expect(draw(text, width)).toBe(drawn);
  });

  it('has the same text with colors', () => {
    const text = '# One\n\nSome *emphasis*, **more** and `code`.\n\n```ts\nconst one = 1;\n```';
    const colored = renderProse(text, { width: 60, color: true });
    expect(colored).toContain('\u001B[1m');
    expect(stripVTControlCharacters(colored)).toBe(draw(text, 60).replaceAll('`', ''));
  });
});
