import type { SyntaxNode } from '../analyze/tree.ts';
import { alternatives, any, boolean, number, string, type Type, union } from '../types/type.ts';
import type { Typer } from './typer.ts';

/** The type of what two operands make: a sum, a comparison, one of them, or the left one as another type. */
export function typeOfOperation(node: SyntaxNode, typer: Typer): Type {
  const [left, right] = [node.firstChild, node.lastChild];
  if (!left || !right) return any;
  const operator = left.nextSibling;
  if (operator?.name === 'as' || operator?.name === 'satisfies')
    return operator.name === 'as' ? typer.typeWritten(right) : typer.typeOf(left);
  const sign = operator ? typer.text.slice(operator.from, operator.to) : '';
  if (sign === '&&') return typer.typeOf(right);
  if (sign === '||' || sign === '??')
    return union([...alternatives(typer.typeOf(left)), typer.typeOf(right)]);
  if (/^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(sign)) return boolean;
  if (sign !== '+') return number;
  const isText = [left, right].some(each => {
    const type = typer.typeOf(each);
    return type === string || (type.kind === 'named' && type.name === 'string');
  });
  return isText ? string : number;
}
