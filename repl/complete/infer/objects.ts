import { after, children, stringValue, type SyntaxNode } from '../analyze/tree.ts';
import { membersOf } from '../types/members.ts';
import type { Member, Type } from '../types/type.ts';
import { typeReturned, written } from './functions.ts';
import { typeOfName } from './name-type.ts';
import type { Typer } from './typer.ts';

/** What an object in the text has. */
export function membersWritten(node: SyntaxNode, typer: Typer): Member[] {
  return children(node, 'Property').flatMap((property): readonly Member[] => {
    const spread = after(property, 'Spread');
    if (spread) return membersOf(typer.typeOf(spread), typer.context);
    const key = property.getChild('PropertyDefinition') ?? property.getChild('String');
    if (!key) return [];
    const name = key.name === 'String' ? stringValue(typer.text, key) : typer.text.slice(key.from, key.to);
    const value = after(property, ':');
    const isFunction = property.getChild('ParamList') !== null;
    const isMethod = isFunction && !property.getChild('get');
    return [
      {
        name,
        kind: isMethod ? 'method' : 'property',
        get type(): Type {
          if (isFunction) return isMethod ? written(property, typer) : typeReturned(property, typer);
          return value ? typer.typeOf(value) : typeOfName(name, key, typer);
        },
        distance: 0,
      },
    ];
  });
}
