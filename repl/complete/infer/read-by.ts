import { items, type SyntaxNode } from '../analyze/tree.ts';
import { typeOfMember } from '../types/members.ts';
import { present, type Type } from '../types/type.ts';
import type { Typer } from './typer.ts';

/**
 * `filter(({ us` is taken for an object until `=>` is typed: what the parameter of the wanted function is.
 *
 * @returns undefined for an object that is one
 */
export function readBy(object: SyntaxNode, typer: Typer): Type | undefined {
  const list = object.parent?.name === 'SequenceExpression' ? object.parent : undefined;
  const parens = (list ?? object).parent;
  if (parens?.name !== 'ParenthesizedExpression') return outer(object, typer);
  const wanted = present(typer.expected(parens));
  if (wanted.kind !== 'function') return undefined;
  const index = list ? items(list).findIndex(({ from }) => from === object.from) : 0;
  return wanted.signature.parameters[index]?.type;
}

/** `filter(({ author: { us` */
function outer(object: SyntaxNode, typer: Typer): Type | undefined {
  const property = object.parent?.name === 'Property' ? object.parent : undefined;
  const holder = property?.parent;
  const key = property?.firstChild;
  const type = holder ? readBy(holder, typer) : undefined;
  if (!key || type === undefined) return undefined;
  const name = typer.text.slice(key.from, key.to);
  return typeOfMember(type, name, typer.context);
}
