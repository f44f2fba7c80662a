import { after, stringValue, type SyntaxNode } from '../analyze/tree.ts';
import { typeOfMember } from '../types/members.ts';
import { itemAt, itemOf } from '../types/substitute.ts';
import { any, named, type Parameter, present, type Type } from '../types/type.ts';
import type { Typer } from './typer.ts';

/** `user.name`, `list[0]` and `object['name']`. */
export function typeOfRead(node: SyntaxNode, typer: Typer): Type {
  const owner = node.firstChild;
  if (!owner) return any;
  const type = typer.typeOf(owner);
  const name = node.getChild('PropertyName');
  if (name) {
    const read = typer.text.slice(name.from, name.to);
    const found = typeOfMember(type, read, typer.context);
    return found.kind === 'any' ? (ofPromise(read, type) ?? any) : found;
  }
  const key = after(node, '[');
  if (key?.name === 'String') return typeOfMember(type, stringValue(typer.text, key), typer.context);
  return key?.name === 'Number'
    ? itemAt(present(type), Number(typer.text.slice(key.from, key.to)))
    : itemOf(type);
}

/** What waits by itself may be waited for all the same. */
function ofPromise(name: string, value: Type): Type | undefined {
  if (name !== 'then' && name !== 'catch') return undefined;
  const given = name === 'then' ? value : named('Error');
  const takes: Type = {
    kind: 'function',
    signature: { variables: [], parameters: [parameter('value', given)], returns: result },
  };
  const signature = { variables: ['U'], parameters: [parameter('callback', takes)], returns: result };
  return value.kind === 'any' ? undefined : { kind: 'function', signature };
}

const result: Type = { kind: 'variable', name: 'U' };

function parameter(name: string, type: Type): Parameter {
  return { name, type, isRest: false, isOptional: false };
}
