import type { Found } from '../context.ts';
import { scalar } from '../types/property-type.ts';
import { alternatives, type Type } from '../types/type.ts';
import type { CompletionSource } from './source.ts';

/** `filter({ size: 's` → `small`, `{ size: ` → `'small'`, `{ active: ` → `true` */
export const values: CompletionSource = (typing, typer, typed) => {
  if (typing.kind !== 'string' && typing.kind !== 'name') return [];
  const isInQuotes = typing.kind === 'string';
  return alternatives(typer.expected(typing.node))
    .flatMap(literalsOf)
    .flatMap((value): Found[] => {
      const isText = typeof value === 'string';
      if (isInQuotes && !isText) return [];
      // A text of several words goes on where its last word is typed.
      const before = isInQuotes ? typing.written.slice(0, typing.written.length - typed.length) : '';
      if (!String(value).startsWith(before)) return [];
      const text =
        isText && !isInQuotes
          ? `'${value.replaceAll("'", String.raw`\'`)}'`
          : String(value).slice(before.length);
      return [{ text, kind: 'value', type: undefined, distance: -2 }];
    });
};

function literalsOf(type: Type): (string | number | boolean)[] {
  if (type.kind === 'condition') return alternatives(scalar(type.property)).flatMap(literalsOf);
  if (type.kind === 'literal') return [type.value];
  return type.kind === 'named' && type.name === 'boolean' ? [true, false] : [];
}
