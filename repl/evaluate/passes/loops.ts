import type { AnyNode, ForOfStatement, Node } from 'acorn';
import { label } from '../label.ts';
import { boundNames } from '../names.ts';
import {
  runtime,
  settled,
  temporary,
  terminated,
  unterminated,
  type Pass,
  type Place,
  type Writer,
} from '../writer.ts';

import { keysOf, writeTarget } from './assignments.ts';
import { belongsToPrompt } from './declarations.ts';
import { block } from './functions.ts';

/**
 * Loops: one that may wait gives the terminal a chance to interrupt it, and `for … of` reads a query batch by batch.
 */
export const loops: Pass = {
  WhileStatement: (node, at, writer) =>
    writer.fill(node, [node.test, node.body], hole =>
      hole === node.body ? writeBody(node.body, at, writer) : writer.write(hole, at),
    ),
  DoWhileStatement: (node, at, writer) =>
    terminated(
      writer.fill(node, [node.test, node.body], hole =>
        hole === node.body ? writeBody(node.body, at, writer) : writer.write(hole, at),
      ),
    ),
  ForStatement(node, at, writer) {
    const inside = block(at, headNames(node.init));
    const parts = [node.init, node.test, node.update, node.body].filter(part => part != null);
    return writer.fill(node, parts, hole => {
      if (hole === node.body) return writeBody(node.body, inside, writer);
      return unterminated(writer.write(hole, inside));
    });
  },
  ForInStatement(node, at, writer) {
    const inside = block(at, headNames(node.left));
    return writer.fill(node, [node.left, node.right, node.body], hole => {
      if (hole === node.body) return writeBody(node.body, inside, writer);
      return hole === node.left ? writeHead(node.left, inside, writer) : writer.write(hole, at);
    });
  },
  ForOfStatement: (node, at, writer) => writeForOf(node, at, writer),
};

function writeForOf(node: ForOfStatement, at: Place, writer: Writer): string {
  const inside = block(at, headNames(node.left));
  if (node.await) {
    return writer.fill(node, [node.left, node.right, node.body], hole => {
      if (hole === node.body) return writeBody(node.body, inside, writer);
      return hole === node.left ? writeHead(node.left, inside, writer) : writer.write(hole, at);
    });
  }
  const step = temporary(at);
  const pattern = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
  const keys = pattern ? keysOf(pattern) : [];
  const opened =
    keys.length === 0
      ? step
      : settled(`${runtime}.${at.awaitable ? 'open' : 'openSync'}(${step}, ${JSON.stringify(keys)})`, at);
  const body = writeBody(node.body, inside, writer);
  const items = `${runtime}.${at.awaitable ? 'steps' : 'itemsSync'}(${writer.operand(node.right, at)}, ${label(node.right, writer)})`;
  const wait = at.awaitable
    ? `if (${runtime}.isStep(${step})) { ${step} = ${runtime}.resume(await ${step}.value); if (${runtime}.isEnd(${step})) break; } `
    : '';
  const head = writer.source.slice(node.right.end, node.body.start).includes('\n') ? '\n' : '';
  return `for (let ${step} of ${settled(items, at)})${head} { ${wait}${writeHead(node.left, inside, writer)} = ${opened}; ${body} }`;
}

/** The variable of a loop: a declaration of its own, or something of the prompt to assign to. */
function writeHead(left: AnyNode, at: Place, writer: Writer): string {
  const [declarator] = left.type === 'VariableDeclaration' ? left.declarations : [];
  if (left.type !== 'VariableDeclaration' || !declarator) return writeTarget(left, at, writer);
  const target = writeTarget(declarator.id, at, writer);
  return belongsToPrompt(left, at) ? target : `${left.kind} ${target}`;
}

function headNames(head: Node | null | undefined): string[] {
  const node = head as AnyNode | null | undefined;
  return node?.type === 'VariableDeclaration' && node.kind !== 'var'
    ? node.declarations.flatMap(({ id }) => boundNames(id))
    : [];
}

function writeBody(body: Node, at: Place, writer: Writer): string {
  const written = writer.write(body, block(at, []));
  return at.awaitable ? `{ if (${runtime}.due()) await ${runtime}.pause(); ${written} }` : written;
}
