import ts from 'typescript';

/** The names that a text gives another value without declaring them. */
export function assignedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (target: ts.Node): void => {
    if (ts.isIdentifier(target)) names.add(target.text);
    else if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target))
      target.forEachChild(each => note(partOf(each)));
    else if (ts.isParenthesizedExpression(target)) note(target.expression);
  };
  const counts = ({ operator }: ts.PrefixUnaryExpression) =>
    operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) note(node.left);
    if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && counts(node)))
      note(node.operand);
    if (
      (ts.isForOfStatement(node) || ts.isForInStatement(node)) &&
      !ts.isVariableDeclarationList(node.initializer)
    )
      note(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('line.ts', text, ts.ScriptTarget.Latest, true));
  return names;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** What a part of a pattern assigns to. */
function partOf(part: ts.Node): ts.Node {
  if (ts.isPropertyAssignment(part)) return partOf(part.initializer);
  if (ts.isShorthandPropertyAssignment(part)) return part.name;
  if (ts.isSpreadAssignment(part) || ts.isSpreadElement(part)) return part.expression;
  return ts.isBinaryExpression(part) ? part.left : part;
}
