import type { AnyNode, Node } from 'acorn';
import { boundNames } from '../../syntax/names.ts';
import { inBlock, type Position } from './position.ts';
import { runtimeAt } from './compiled-names.ts';
import type { Writer } from './writer.ts';

/** Inside a loop whose head may declare variables. */
export function inLoop(at: Position, head: Node | null | undefined): Position {
  const node = head as AnyNode | null | undefined;
  const isScoped = node?.type === 'VariableDeclaration' && node.kind !== 'var';
  return inBlock(at, isScoped ? node.declarations.flatMap(({ id }) => boundNames(id)) : []);
}

/** Writes the body of a loop, with a checkpoint in every turn so that Ctrl-C can stop it. */
export function writeLoopBody(body: Node, at: Position, writer: Writer): string {
  const written = writer.write(body, inBlock(at, []));
  const runtime = runtimeAt(at);
  const wait = {
    await: `if (${runtime}.isPauseDue()) await ${runtime}.pause();`,
    pause: `if (${runtime}.isPauseDue()) yield ${runtime}.pause();`,
    never: `${runtime}.isPauseDue();`,
  };
  return `{ ${wait[at.waiting]} ${written} }`;
}
