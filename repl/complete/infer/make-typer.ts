import type { SyntaxNode } from '../analyze/tree.ts';
import type { CompletionContext } from '../context.ts';
import { readAnnotation, readType } from '../types/read-type.ts';
import { settle } from '../types/substitute.ts';
import { any, type Type } from '../types/type.ts';
import { typeOfBinding } from './bindings.ts';
import { callOf } from './calls.ts';
import { expectedAt } from './expected.ts';
import { typeOfExpression } from './expressions.ts';
import { instanceWritten, typeReturned } from './functions.ts';
import { sourceAtHand } from './source-at-hand.ts';
import { typeNamesOf } from './type-names.ts';
import type { Typer } from './typer.ts';

/** How deep expressions are followed. */
const maxDepth = 120;

/**
 * Finds the types of what is in a text, each once.
 *
 * @param returned what is known of functions of earlier lines, which may call each other
 */
export function makeTyper(
  text: string,
  context: CompletionContext,
  returned = new Map<object, Type>(),
): Typer {
  const types = new Map<string, Type>();
  let depth = 0;
  /** What is asked for while it is being found out is not known. */
  const once = (what: string, find: (node: SyntaxNode, typer: Typer) => Type) => (node: SyntaxNode) => {
    const key = `${what} ${node.type.id} ${node.from} ${node.to}`;
    const known = types.get(key);
    if (known !== undefined) return known;
    if (depth >= maxDepth) return any;
    types.set(key, any);
    depth += 1;
    try {
      const type = find(node, typer);
      types.set(key, type);
      return type;
    } finally {
      depth -= 1;
    }
  };
  const names = typeNamesOf(text, context);
  const typer: Typer = {
    text,
    context,
    typeOf: once('of', typeOfExpression),
    expected: once('expected', expectedAt),
    typeOfBinding: once('binding', typeOfBinding),
    instance: once('instance', instanceWritten),
    returnedBy(value) {
      const known = returned.get(value);
      if (known !== undefined) return known;
      returned.set(value, any);
      const source = sourceAtHand(value);
      const type = source ? typeReturned(source.node, makeTyper(source.text, context, returned)) : any;
      returned.set(value, settle(type));
      return settle(type);
    },
    callOf: node => callOf(node, typer),
    typeWritten: node => readType(node, names),
    annotated: owner => readAnnotation(owner, names),
  };
  return typer;
}
