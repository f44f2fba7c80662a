import type { EntityDescription } from '../../src/index.ts';
import type { ExpressionType } from '../commands/command.ts';
import { analyze } from './analyze/analyze.ts';
import { complete } from './complete.ts';
import type { CompletionContext } from './context.ts';
import { makeTyper } from './infer/make-typer.ts';
import { showType } from './types/show.ts';
import { alternatives, type Type } from './types/type.ts';

/** Finds out what an expression is from metadata and the values at hand. Evaluates nothing, and never throws. */
export function typeAt(expression: string, context: CompletionContext): ExpressionType {
  const text = `${expression}.`;
  const members = complete(text, text.length, context).candidates.map(each => each.text);
  try {
    const { typing, text: parsed } = analyze(text, text.length);
    if (typing.kind !== 'member') return { text: undefined, names: [], entity: undefined, members };
    const type = makeTyper(parsed, context).typeOf(typing.of);
    const some = alternatives(type).map(each => (each.kind === 'value' ? each.as : each));
    const names = some.flatMap(each => (each.kind === 'named' ? [each.name] : []));
    return { text: showType(type), names, entity: some.flatMap(entityOf)[0], members };
  } catch {
    // A line may have overwritten what this needs of JavaScript.
    return { text: undefined, names: [], entity: undefined, members };
  }
}

function entityOf(type: Type): EntityDescription[] {
  return type.kind === 'entity' ? [type.entity] : [];
}
