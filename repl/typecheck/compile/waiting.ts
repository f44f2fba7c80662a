import ts from 'typescript';

/** A text in which something was inserted, and the place in the text before for a place in it. */
export interface Awaited {
  readonly text: string;
  readonly original: (position: number) => number;
}

/**
 * Inserts an `await` before each call: what is typed at the prompt waits, so that a call is what its promise becomes.
 */
export function awaitCalls(text: string): Awaited {
  const file = ts.createSourceFile('line.ts', text, ts.ScriptTarget.Latest, true);
  const insertions: { at: number; text: string; closes: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    const at = node.getStart(file);
    // What follows a line without a semicolon must not go on with it.
    if (ts.isExpressionStatement(node) && (ts.isSourceFile(node.parent) || ts.isBlock(node.parent)))
      insertions.push({ at, text: ';', closes: false });
    const isAwaited = ts.isCallExpression(node) && !isHandled(node);
    if (isAwaited) insertions.push({ at, text: '(await ', closes: false });
    ts.forEachChild(node, visit);
    if (isAwaited) insertions.push({ at: node.end, text: ')', closes: true });
  };
  visit(file);
  // Outer calls come first where they open, and inner ones where they close, as they were found.
  insertions.sort((a, b) => a.at - b.at || Number(b.closes) - Number(a.closes));
  let from = 0;
  let awaited = '';
  for (const each of insertions) {
    awaited += text.slice(from, each.at) + each.text;
    from = each.at;
  }
  return {
    text: awaited + text.slice(from),
    original(position) {
      let before = 0;
      for (const { at, text: inserted } of insertions) {
        if (position <= at + before) break;
        if (position < at + before + inserted.length) return at;
        before += inserted.length;
      }
      return position - before;
    },
  };
}

/** Whether the promise itself is used, or is awaited already. */
function isHandled(call: ts.CallExpression): boolean {
  const { parent, expression } = call;
  if (ts.isAwaitExpression(parent) || expression.kind === ts.SyntaxKind.SuperKeyword) return true;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === call &&
    /^(?:then|catch|finally)$/.test(parent.name.text)
  );
}
