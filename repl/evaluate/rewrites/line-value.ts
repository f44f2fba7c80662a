import type { ExpressionStatement, Program } from 'acorn';
import type { Rewrite } from '../writing/writer.ts';

/**
 * The value of a line is that of its last statement, if that is an expression. An assignment shows none, unless it is
 * in parentheses, like Python's `(x := 1)`.
 */
export function lineValue(program: Program): Rewrite {
  const last = program.body.findLast(statement => statement.type !== 'EmptyStatement');
  return {
    ExpressionStatement(node, at, writer) {
      if (node.directive !== undefined && node !== last) return undefined;
      const value = writer.write(node.expression, at);
      return node === last && showsValue(node)
        ? `return { __proto__: null, value: (${isAnonymousClass(node) ? '0, ' : ''}${value}) };`
        : `(${value});`;
    },
  };
}

/** Or it would take the name of the property. */
function isAnonymousClass({ expression }: ExpressionStatement): boolean {
  return expression.type === 'ClassExpression' && !expression.id;
}

function showsValue({ expression, start }: ExpressionStatement): boolean {
  if (expression.type === 'AssignmentExpression') return expression.start > start;
  const last = expression.type === 'SequenceExpression' ? expression.expressions.at(-1) : expression;
  return last?.type !== 'AssignmentExpression';
}
