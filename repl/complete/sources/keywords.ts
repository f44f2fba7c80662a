import type { CompletionSource } from './source.ts';

const statements =
  'break case class const continue default do else export finally for function if import let return switch throw try var while'.split(
    ' ',
  );
const operands =
  'async await class delete false function import new null this true typeof undefined void yield'.split(' ');
const operators = ['in', 'instanceof', 'of', 'as', 'extends', 'from', 'satisfies'];

/** `ret` → `return`; only for what is typed, as names are meant more often. */
export const keywords: CompletionSource = (typing, _, typed) => {
  if (typing.kind !== 'name' || typed === '') return [];
  const all = [...(typing.isStatement ? statements : []), ...operands, ...operators];
  return all.map(text => ({ text, kind: 'keyword', type: undefined, distance: 8 }));
};
