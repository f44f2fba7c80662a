import { operatorsOf, unwrapped } from './operators.ts';
import type { PyNode } from './tree.ts';

/** The expressions that are not None where a condition is true. */
export function presentIn(given: PyNode): readonly string[] {
  const node = unwrapped(given);
  if (node.type === 'VariableName' || node.type === 'MemberExpression') return [node.text];
  if (node.type !== 'BinaryExpression') return [];
  const { left, operator, right } = operatorsOf(node);
  if (operator === 'and') return [...presentIn(left), ...presentIn(right)];
  if (operator === 'is not' && right.text === 'None') return [left.text];
  return operator === '!=' && right.text === 'None' ? [left.text] : [];
}

/** The expressions that are not None where a condition is false. */
export function absentIn(given: PyNode): readonly string[] {
  const node = unwrapped(given);
  if (node.type === 'UnaryExpression' && node.children[0]?.text === 'not' && node.children[1])
    return presentIn(node.children[1]);
  if (node.type !== 'BinaryExpression') return [];
  const { left, operator, right } = operatorsOf(node);
  return (operator === 'is' || operator === '==') && right.text === 'None' ? [left.text] : [];
}
