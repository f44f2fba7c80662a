import type { AnyNode, Node } from 'acorn';
import { boundNames } from '../../syntax/names.ts';
import { inBlock, type Position } from './position.ts';
import { runtime, type Writer } from './writer.ts';

/** Inside a loop whose head may declare variables. */
export function inLoop(at: Position, head: Node | null | undefined): Position {
  const node = head as AnyNode | null | undefined;
  const isScoped = node?.type === 'VariableDeclaration' && node.kind !== 'var';
  return inBlock(at, isScoped ? node.declarations.flatMap(({ id }) => boundNames(id)) : []);
}

/** Writes the body of a loop, with a checkpoint in every turn so that Ctrl-C can stop it. */
export function writeLoopBody(body: Node, at: Position, writer: Writer): string {
  const written = writer.write(body, inBlock(at, []));
  const checkpoint = at.canAwait
    ? `if (${runtime}.isPauseDue()) await ${runtime}.pause();`
    : `${runtime}.checkTurn();`;
  return `{ ${checkpoint} ${written} }`;
}
