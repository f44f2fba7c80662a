import type { Row } from '../await-table/row.ts';

/**
 * A program written once. `«…»` stands around what is waited for, `ƒ` before a function that waits, `ƒ*` before a
 * generator that does.
 *
 * @returns what is typed, and the same in JavaScript with the awaits written out
 * @example
 * marked('const f = ƒx => «later(x)» + 1; «f(2)»');
 * // typed: const f = x => later(x) + 1; f(2)
 * // plain: const f = async x => (await later(x)) + 1; (await f(2))
 */
export function marked(program: string): Row {
  const typed = program.replaceAll(/[«»ƒ]/g, '');
  const plain = program.replaceAll('«', '(await ').replaceAll('»', ')').replaceAll('ƒ', 'async ');
  return [typed, plain];
}
