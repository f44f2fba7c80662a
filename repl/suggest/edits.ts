import type { AnyNode, Node } from 'acorn';

/** What is to stand in a text from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  // From the end, so that the positions of those before stay right.
  for (const edit of edits.toSorted((a, b) => b.start - a.start || b.end - a.end))
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

/**
 * The arguments of a call as one object, if they are written as Python's keyword arguments: `username='x', email='y'`.
 *
 * @returns undefined for any other arguments
 */
export function objectOfArguments(args: readonly Node[], text: string): Edit | undefined {
  const [first] = args;
  const last = args.at(-1);
  if (!first || !last) return undefined;
  const pairs = args.map(each => keywordOf(each as AnyNode, text));
  if (pairs.includes(undefined)) return undefined;
  return { start: first.start, end: last.end, text: `{ ${pairs.join(', ')} }` };
}

function keywordOf(node: AnyNode, text: string): string | undefined {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=' || node.left.type !== 'Identifier')
    return undefined;
  const value = text.slice(node.right.start, node.right.end);
  return `${node.left.name}: ${value}`;
}
