import type { AnyNode, ForOfStatement } from 'acorn';
import { iterableName } from '../../syntax/call-site-name.ts';
import { boundNames } from '../../syntax/names.ts';
import { walk } from '../../syntax/walk.ts';
import { awaited, temporary } from '../writing/awaited.ts';
import { asDeclarators, asSequence, destructure } from '../writing/destructure.ts';
import { inLoop, writeLoopBody } from '../writing/loops.ts';
import { inBlock, isAssignment, type Position, settled, used } from '../writing/position.ts';
import { madeUp, runtimeAt } from '../writing/compiled-names.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** `for … of` waits for what it iterates over, and for each item of a query, which is read in batches. */
export const forOf: Rewrite = {
  LabeledStatement(node, at, writer) {
    const { label, body } = node;
    // The label of a function leads nowhere.
    if (body.type === 'FunctionDeclaration') return writer.write(body, at);
    if (!isLoop(body)) return undefined;
    return writer.write(body, { ...at, labels: `${at.labels}${label.name}: ` });
  },
  ForOfStatement(node, outer, writer) {
    const at = { ...outer, labels: '' };
    const { labels } = outer;
    const inside = inLoop(at, node.left);
    const item = temporary(at);
    const variable = writeVariable(node, item, inside, writer);
    const body = writeLoopBody(node.body, inside, writer);
    const early = usedTooEarly(node);
    const right = writer.used(node.right, early.length > 0 ? inBlock(at, early) : at);
    /** Around the loop, where what the head declares has not been declared yet. */
    const guarded = (loop: string) => (early.length > 0 ? `{ ${loop} let ${early.join(', ')}; }` : loop);
    const method = node.await ? 'asyncItems' : 'loopItems';
    const found = `${runtimeAt(at)}.${method}(${right}, ${iterableName(node.right)})`;
    const items = awaited(found, used(at), writer.label(node.right));
    const receive = node.await ? '' : writeReceive(item, at);
    const line = writer.source.slice(node.right.end, node.body.start).includes('\n') ? '\n' : '';
    if (node.await || at.waiting === 'never')
      return guarded(
        `${labels}for ${node.await ? 'await ' : ''}(let ${item} of ${items})${line} { ${receive}${variable}; ${body} }`,
      );
    const walked = temporary(at);
    const loop = `for (let ${item} of (${walked} = ${items}))${line} { ${receive}${variable}; ${body} }`;
    return guarded(closing(`${labels}${loop}`, walked, at));
  },
};

/** The names that a loop declares and what it iterates over mentions. */
function usedTooEarly({ left, right }: ForOfStatement): string[] {
  if (left.type !== 'VariableDeclaration' || left.kind === 'var') return [];
  const mentioned = new Set<string>();
  walk(right, node => {
    if (node.type === 'Identifier') mentioned.add(node.name);
  });
  return left.declarations.flatMap(({ id }) => boundNames(id)).filter(name => mentioned.has(name));
}

/** Whether a statement is such a loop, perhaps behind more labels. */
function isLoop(node: AnyNode): boolean {
  return node.type === 'LabeledStatement' ? isLoop(node.body) : node.type === 'ForOfStatement';
}

/** A loop that ends early closes what it walks, and that may have to be waited for. */
function closing(loop: string, items: string, at: Position): string {
  const runtime = runtimeAt(at);
  const error = `${madeUp}e`;
  const closed = awaited(`${runtime}.closed(${items})`, settled(at), '');
  return `try { ${loop} } catch (${error}) { ${runtime}.abandon(${items}); throw ${error}; } finally { (${closed}); }`;
}

/** Waits for an item of a query, and ends the loop after the last. */
function writeReceive(item: string, at: Position): string {
  if (at.waiting === 'never') return '';
  const runtime = runtimeAt(at);
  const keyword = at.waiting === 'await' ? 'await' : 'yield';
  const wait = `${item} = ${runtime}.resume(${keyword} ${item}.value); if (${runtime}.isQueryEnd(${item})) break;`;
  return `if (${runtime}.isPendingItem(${item})) { ${wait} } `;
}

/** Gives the item to the variable of the loop: one that it declares, or something of the prompt. */
function writeVariable({ left }: ForOfStatement, item: string, at: Position, writer: Writer): string {
  const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
  if (!pattern) return '';
  const bindings = destructure(pattern, item, at, writer);
  if (left.type !== 'VariableDeclaration' || isAssignment(left, at)) return `(${asSequence(bindings)})`;
  return `${left.kind} ${asDeclarators(bindings).join(', ')}`;
}
