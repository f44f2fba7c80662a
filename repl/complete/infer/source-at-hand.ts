import { textOf } from '../../evaluate/runtime/function-text.ts';
import { isTypedFunction } from '../../evaluate/runtime/what-is-typed.ts';
import { children, parse, type SyntaxNode } from '../analyze/tree.ts';

/** Longer functions are not looked into. */
const maxLength = 5000;

/**
 * The text of a function that an earlier line has made, and its node in it. What is meant by the names in it is known only
 * of functions of the prompt.
 *
 * @returns undefined for any other function
 */
export function sourceAtHand(
  value: object,
): { readonly text: string; readonly node: SyntaxNode } | undefined {
  if (!isTypedFunction(value)) return undefined;
  const source = textOf(value);
  if (source.length > maxLength) return undefined;
  // A method is one only in an object.
  for (const text of [`(${source})`, `({ ${source} })`]) {
    const inner = parse(text).firstChild?.firstChild;
    const [expression] = inner
      ? children(inner, 'ArrowFunction', 'FunctionExpression', 'ObjectExpression')
      : [];
    const node = expression?.name === 'ObjectExpression' ? expression.getChild('Property') : expression;
    if (node?.getChild('ParamList')) return { text, node };
  }
  return undefined;
}
