import { children, type SyntaxNode } from '../analyze/tree.ts';

/** Statements that hold others, with names of their own. */
const blocks = new Set(['Script', 'Block', 'SwitchBody', 'StaticBlock']);
const functions = new Set([
  'ArrowFunction',
  'FunctionExpression',
  'FunctionDeclaration',
  'MethodDeclaration',
  'Property',
]);

/** The nodes of names that the text declares before a node, and that can be used there; the nearest first. */
export function* visibleDefinitions(from: SyntaxNode): Generator<SyntaxNode> {
  for (let node = from.parent; node; node = node.parent) {
    if (blocks.has(node.name)) yield* ofStatements(node, from.from);
    else if (functions.has(node.name)) {
      for (const list of children(node, 'ParamList')) yield* within(list);
      yield* children(node, 'VariableDefinition');
    } else if (node.name === 'ForStatement' || node.name === 'CatchClause') yield* within(node);
  }
}

function* ofStatements(block: SyntaxNode, before: number): Generator<SyntaxNode> {
  for (let statement = block.lastChild; statement; statement = statement.prevSibling) {
    // Functions are there from the beginning.
    if (statement.from >= before && statement.name !== 'FunctionDeclaration') continue;
    const declaration =
      statement.name === 'ExportDeclaration'
        ? children(statement).find(({ name }) => name.endsWith('Declaration'))
        : statement;
    if (declaration) yield* within(declaration);
  }
}

/** The names that a statement declares itself; what is assigned to need not be declared at the prompt. */
function* within(node: SyntaxNode): Generator<SyntaxNode> {
  switch (node.name) {
    case 'VariableDeclaration':
    case 'ParamList':
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'PatternProperty':
    case 'ForSpec':
    case 'ForOfSpec':
    case 'ForInSpec':
    case 'ForStatement':
    case 'CatchClause':
    case 'ImportDeclaration':
    case 'ImportGroup':
      for (const child of children(node).toReversed()) yield* within(child);
      return;
    case 'VariableDefinition':
      yield node;
      return;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      yield* children(node, 'VariableDefinition');
      return;
    case 'ExpressionStatement': {
      const assignment = node.getChild('AssignmentExpression');
      const target = assignment?.firstChild;
      if (target?.name === 'VariableName') yield target;
      else if (target?.name === 'ObjectPattern' || target?.name === 'ArrayPattern') yield* within(target);
    }
  }
}
