import type { ExpressionStatement, Program } from 'acorn';
import { walk } from '../../syntax/walk.ts';
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
      const write = () => writer.write(node.expression, at);
      const value = hasFunction(node) ? write() : at.temporaries.during(write);
      return node === last && showsValue(node)
        ? `return { __proto__: null, value: (${isAnonymousClass(node) ? '0, ' : ''}${value}) };`
        : `(${value});`;
    },
  };
}

/** Whether a statement has code that may run when the statement has ended. */
function hasFunction(statement: ExpressionStatement): boolean {
  let found = false;
  walk(statement, node => {
    found ||= /Function|Class/.test(node.type);
    return found ? false : undefined;
  });
  return found;
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
