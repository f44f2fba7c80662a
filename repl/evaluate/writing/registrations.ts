import type { Function as FunctionNode, Node } from 'acorn';
import { functionDeclarations } from '../../syntax/names.ts';
import { runtime } from './compiled-names.ts';
import { writeComparison } from './comparisons.ts';
import type { Position } from './position.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Writer } from './writer.ts';

/** Tells the runtime about the functions that statements declare, before any of them runs. */
export function writeRegistrations(statements: readonly Node[], at: Position, writer: Writer): string {
  return functionDeclarations(statements)
    .filter(node => node.async || !surroundingsOf(node).fixed)
    .map(node => {
      const name = node.id?.name ?? '';
      if (node.async) return `${runtime}.native(${name}, ${JSON.stringify(writer.typed(node))}, ''); `;
      const described = [name, node.generator, describe(node, JSON.stringify(name), writer)];
      const comparison = writeComparison(node, at, writer) ?? [];
      return `${runtime}.register(${[...described, ...[comparison].flat()].join(', ')}); `;
    })
    .join('');
}

/** @returns what the runtime is told about a function: its name, its length and its text, as arguments */
export function describe(node: FunctionNode, name: string, writer: Writer): string {
  return `${name}, ${lengthOf(node)}, ${JSON.stringify(writer.typed(node))}`;
}

export function lengthOf({ params }: FunctionNode): number {
  const end = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return end < 0 ? params.length : end;
}
