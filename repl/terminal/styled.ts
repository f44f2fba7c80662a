import type { Styled } from '../editor/screen/cell.ts';

const codeOrText = new RegExp(String.raw`\x1B\[([\d;]*)m|([^\x1B]+)`, 'g');

/** The parts of a text that has codes of colors, each with the code before it. */
export function styled(text: string): readonly Styled[] {
  const parts: Styled[] = [];
  let style = '';
  for (const [, code, part = ''] of text.matchAll(codeOrText)) {
    // Those that end a color are 39 and its like.
    if (code !== undefined) style = /^(?:0?|[2-4][2-9])$/.test(code) && !/^[34][0-7]$/.test(code) ? '' : code;
    else parts.push({ text: part, style });
  }
  return parts;
}
