import type ts from 'typescript';

/**
 * The errors that a statement is refused for: those that say that it cannot work. What may be null is let through, and so is
 * what only a program with files can get wrong.
 */
const refused: ReadonlySet<number> = new Set([
  // Names and properties that there are not.
  2304, 2339, 2551, 2552, 2353, 2561,
  // Values of another type than is wanted.
  2322, 2345, 2416, 2559, 2739, 2740, 2741, 2769,
  // Calls.
  2349, 2350, 2351, 2554, 2555, 2556, 2575,
  // Operators.
  2356, 2362, 2363, 2365, 2367, 2447,
  // What is not iterable, and what cannot be assigned.
  2461, 2488, 2540, 2802,
]);

/** What conditions, orders and fields may be, which are many things; they are meant by the name of the entity. */
const ofEntity = /type '[^']*\b(?:Conditions|Fields|Changes|Order)<(\w+)>[^']*'/;

const unknownName: ReadonlySet<number> = new Set([2304, 2552]);

/**
 * @param isKnown whether a name has a value that is not declared
 * @returns the first error in a part of a file that counts
 */
export function firstProblem(
  diagnostics: readonly ts.Diagnostic[],
  from: number,
  to: number,
  isKnown: (name: string) => boolean,
  compiler: typeof ts,
): { readonly message: string; readonly at: number } | undefined {
  for (const { code, file, start = 0, length = 0, messageText } of diagnostics) {
    if (!refused.has(code) || start < from || start >= to) continue;
    const name = file?.text.slice(start, start + length) ?? '';
    // The types that an earlier line has declared are gone; its values are not.
    if (unknownName.has(code) && (isKnown(name) || (file && isTypeAt(file, start, compiler)))) continue;
    const message = compiler.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0] ?? '';
    return { message: message.replace(ofEntity, "type '$1'").replace(/\.$/, ''), at: start };
  }
  return undefined;
}

function isTypeAt(file: ts.SourceFile, position: number, compiler: typeof ts): boolean {
  const find = (node: ts.Node): ts.Node =>
    compiler.forEachChild(node, child =>
      child.pos <= position && position < child.end ? find(child) : undefined,
    ) ?? node;
  for (let node = find(file); node !== file; node = node.parent) if (compiler.isTypeNode(node)) return true;
  return false;
}
