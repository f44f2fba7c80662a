import type { AnyNode, ForOfStatement, Node } from 'acorn';
import { iterableLabel } from '../../syntax/call-site-name.ts';
import { boundNames } from '../../syntax/names.ts';
import {
  runtime,
  awaited,
  temporary,
  terminated,
  unterminated,
  type Rewrite,
  type Position,
  type Writer,
} from '../writer.ts';
import { belongsToPrompt } from './declarations.ts';
import { block } from './functions.ts';
import { declarators, sequence, destructure, writeTarget } from './patterns.ts';

/**
 * Loops: one that may wait gives the terminal a chance to interrupt it, and `for … of` reads a query batch by batch.
 */
export const loops: Rewrite = {
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

function writeForOf(node: ForOfStatement, at: Position, writer: Writer): string {
  const inside = block(at, headNames(node.left));
  const step = temporary(at);
  const head = writeStep(node, step, inside, writer);
  const body = writeBody(node.body, inside, writer);
  const right = writer.operand(node.right, at);
  const how = node.await ? 'asyncItems' : at.awaitable ? 'steps' : 'itemsSync';
  const items = awaited(`${runtime}.${how}(${right}, ${iterableLabel(node.right)})`, at);
  const wait =
    at.awaitable && !node.await
      ? `if (${runtime}.isStep(${step})) { ${step} = ${runtime}.resume(await ${step}.value); if (${runtime}.isEnd(${step})) break; } `
      : '';
  const line = writer.source.slice(node.right.end, node.body.start).includes('\n') ? '\n' : '';
  return `for ${node.await ? 'await ' : ''}(let ${step} of ${items})${line} { ${wait}${head}; ${body} }`;
}

/** Gives the variable of a loop, a declaration of its own or something of the prompt, the value of a turn. */
function writeStep({ left }: ForOfStatement, step: string, at: Position, writer: Writer): string {
  const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
  if (!pattern) return '';
  const steps = destructure(pattern, step, at, writer);
  if (left.type !== 'VariableDeclaration' || belongsToPrompt(left, at)) return `(${sequence(steps)})`;
  return `${left.kind} ${declarators(steps).join(', ')}`;
}

/** The variable of a loop: a declaration of its own, or something of the prompt to assign to. */
function writeHead(left: AnyNode, at: Position, writer: Writer): string {
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

function writeBody(body: Node, at: Position, writer: Writer): string {
  const written = writer.write(body, block(at, []));
  const checkpoint = at.awaitable ? `if (${runtime}.due()) await ${runtime}.pause();` : `${runtime}.turn();`;
  return `{ ${checkpoint} ${written} }`;
}
