import type ts from 'typescript';

/** The names that a text gives another value without declaring them. */
export function assignedNames(text: string, compiler: typeof ts): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (target: ts.Node): void => {
    if (compiler.isIdentifier(target)) names.add(target.text);
    else if (compiler.isObjectLiteralExpression(target) || compiler.isArrayLiteralExpression(target))
      target.forEachChild(each => note(partOf(each, compiler)));
    else if (compiler.isParenthesizedExpression(target)) note(target.expression);
  };
  const counts = ({ operator }: ts.PrefixUnaryExpression) =>
    operator === compiler.SyntaxKind.PlusPlusToken || operator === compiler.SyntaxKind.MinusMinusToken;
  const visit = (node: ts.Node): void => {
    if (compiler.isBinaryExpression(node) && isAssignment(node.operatorToken.kind, compiler)) note(node.left);
    if (compiler.isPostfixUnaryExpression(node) || (compiler.isPrefixUnaryExpression(node) && counts(node)))
      note(node.operand);
    if (
      (compiler.isForOfStatement(node) || compiler.isForInStatement(node)) &&
      !compiler.isVariableDeclarationList(node.initializer)
    )
      note(node.initializer);
    compiler.forEachChild(node, visit);
  };
  visit(compiler.createSourceFile('line.ts', text, compiler.ScriptTarget.Latest, true));
  return names;
}

function isAssignment(kind: ts.SyntaxKind, { SyntaxKind }: typeof ts): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

/** What a part of a pattern assigns to. */
function partOf(part: ts.Node, compiler: typeof ts): ts.Node {
  if (compiler.isPropertyAssignment(part)) return partOf(part.initializer, compiler);
  if (compiler.isShorthandPropertyAssignment(part)) return part.name;
  if (compiler.isSpreadAssignment(part) || compiler.isSpreadElement(part)) return part.expression;
  return compiler.isBinaryExpression(part) ? part.left : part;
}
