import ts from 'typescript';
import { mikroOrm } from '../../complete/declarations/mikro-orm.ts';

/** The errors that say that a statement cannot work. Those that only a program with files can have are not among them. */
const refused: ReadonlySet<number> = new Set([
  // Names and properties that there are not.
  2304, 2339, 2551, 2552, 2353, 2561,
  // Values of another type than is wanted.
  2322, 2345, 2559, 2739, 2740, 2741, 2769,
  // Calls.
  2349, 2351, 2554, 2555,
  // Operators.
  2356, 2362, 2363, 2365, 2367, 2447,
  // What is not iterable, and what cannot be assigned.
  2461, 2488, 2540,
]);

const unknownName: ReadonlySet<number> = new Set([2304, 2552]);
const unknownMember: ReadonlySet<number> = new Set([2339, 2551]);

/** The types that have more members than are declared. */
const incomplete: ReadonlySet<string> = new Set([
  'Session',
  ...[...mikroOrm.matchAll(/^interface (\w+)/gm)].map(([, name]) => name ?? ''),
]);

/** What conditions, orders and fields may be, which are many things; they are meant by the name of the entity. */
const ofEntity = /type '[^']*\b(?:Conditions|Fields|Changes|Order)<(\w+)>[^']*'/;

/** A file that was checked, and what of it counts. */
export interface Checked {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly from: number;
  readonly to: number;
  /** Whether a name has a value that is not declared. */
  readonly isKnown: (name: string) => boolean;
}

/** The first error that counts, and where it is in the file. */
export function firstProblem(
  diagnostics: readonly ts.Diagnostic[],
  checked: Checked,
): { readonly message: string; readonly at: number } | undefined {
  const { file, from, to } = checked;
  const grown = grownMembers(file, checked.checker);
  for (const { code, start = 0, length = 0, messageText } of diagnostics) {
    if (!refused.has(code) || start < from || start >= to) continue;
    const name = file.text.slice(start, start + length);
    const node = nodeAt(file, start);
    // The types that an earlier line has declared are gone; its values are not.
    if (unknownName.has(code) && (checked.isKnown(name) || isInType(node))) continue;
    if (unknownMember.has(code) && (grown.has(name) || isOfIncomplete(node, checked.checker))) continue;
    const [message = ''] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
    if (/Options\b/.test(message)) continue;
    return { message: message.replace(ofEntity, "type '$1'").replace(/\.$/, ''), at: start };
  }
  return undefined;
}

/** The members that a text gives to objects of JavaScript, which need no declaration, and those of promises. */
function grownMembers(file: ts.SourceFile, checker: ts.TypeChecker): ReadonlySet<string> {
  const names = new Set(['then', 'catch', 'finally']);
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isAssigned(node)) {
      const { flags = ts.SymbolFlags.Interface } =
        checker.getTypeAtLocation(node.expression).getSymbol() ?? {};
      const isOpen = (flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0;
      if (isOpen || node.expression.kind === ts.SyntaxKind.ThisKeyword) names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

function isOfIncomplete({ parent }: ts.Node, checker: ts.TypeChecker): boolean {
  if (!ts.isPropertyAccessExpression(parent)) return false;
  const type = checker.getTypeAtLocation(parent.expression);
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  return parts.some(part => incomplete.has(part.getSymbol()?.name ?? ''));
}

function isInType(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) if (ts.isTypeNode(at)) return true;
  return false;
}

/** The innermost node at a position. */
function nodeAt(file: ts.SourceFile, position: number): ts.Node {
  const find = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, child =>
      child.getStart(file) <= position && position < child.end ? find(child) : undefined,
    ) ?? node;
  return find(file);
}
