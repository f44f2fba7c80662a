import type { ForOfStatement } from 'acorn';
import { iterableName } from '../../syntax/call-site-name.ts';
import { awaited, temporary } from '../writing/awaited.ts';
import { asDeclarators, asSequence, destructure } from '../writing/destructure.ts';
import { inLoop, writeLoopBody } from '../writing/loops.ts';
import { belongsToPrompt, type Position } from '../writing/position.ts';
import { type Rewrite, runtime, type Writer } from '../writing/writer.ts';

/** `for … of` waits for what it iterates over, and for each item of a query, which is read in batches. */
export const forOf: Rewrite = {
  ForOfStatement(node, at, writer) {
    const inside = inLoop(at, node.left);
    const item = temporary(at);
    const variable = writeVariable(node, item, inside, writer);
    const body = writeLoopBody(node.body, inside, writer);
    const right = writer.operand(node.right, at);
    const method = node.await ? 'asyncItems' : at.canAwait ? 'loopItems' : 'itemsSync';
    const items = awaited(`${runtime}.${method}(${right}, ${iterableName(node.right)})`, at);
    const receive = at.canAwait && !node.await ? writeReceive(item) : '';
    const line = writer.source.slice(node.right.end, node.body.start).includes('\n') ? '\n' : '';
    return `for ${node.await ? 'await ' : ''}(let ${item} of ${items})${line} { ${receive}${variable}; ${body} }`;
  },
};

/** Waits for an item of a query, and ends the loop after the last. */
function writeReceive(item: string): string {
  const wait = `${item} = ${runtime}.resume(await ${item}.value); if (${runtime}.isQueryEnd(${item})) break;`;
  return `if (${runtime}.isPendingItem(${item})) { ${wait} } `;
}

/** Gives the item to the variable of the loop: one that it declares, or something of the prompt. */
function writeVariable({ left }: ForOfStatement, item: string, at: Position, writer: Writer): string {
  const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
  if (!pattern) return '';
  const bindings = destructure(pattern, item, at, writer);
  if (left.type !== 'VariableDeclaration' || belongsToPrompt(left, at)) return `(${asSequence(bindings)})`;
  return `${left.kind} ${asDeclarators(bindings).join(', ')}`;
}
