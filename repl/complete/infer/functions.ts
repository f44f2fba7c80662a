import { after, children, items, type SyntaxNode } from '../analyze/tree.ts';
import { constructed } from '../types/declared.ts';
import { membersOf } from '../types/members.ts';
import { any, known, type Member, nothing, type Type, union } from '../types/type.ts';
import type { Typer } from './typer.ts';

/** The type of a function or a class in the text. */
export function written(node: SyntaxNode, typer: Typer): Type {
  return {
    kind: 'written',
    written: {
      parameter(index) {
        const list = node.getChild('ParamList');
        const parameter = list && children(list, 'VariableDefinition')[index];
        return parameter ? typer.typeOfBinding(parameter) : any;
      },
      returns: () => typeReturned(node, typer),
      instance: () => typer.instance(node),
    },
  };
}

/** What a function that is written in the text returns. */
export function typeReturned(node: SyntaxNode, typer: Typer): Type {
  const declared = typer.annotated(node);
  if (declared !== undefined) return declared;
  const body = node.getChild('Block') ?? after(node, 'Arrow');
  if (!body) return any;
  if (body.name !== 'Block') return typer.typeOf(body);
  const returned = [...returns(body)].map(each => {
    const value = items(each).find(({ name }) => name !== 'return');
    return value ? typer.typeOf(value) : nothing;
  });
  return returned.length === 0 ? nothing : union(returned);
}

/** The `return` statements of a function, without those of functions in it. */
function* returns(node: SyntaxNode): Generator<SyntaxNode> {
  for (const child of children(node)) {
    if (child.name === 'ReturnStatement') yield child;
    else if (/Statement$|Block|Clause|SwitchBody/.test(child.name)) yield* returns(child);
  }
}

/** The type of the objects that a class in the text makes. */
export function instanceWritten(node: SyntaxNode, typer: Typer): Type {
  const { text, context } = typer;
  const body = node.getChild('ClassBody');
  const declared = (body ? children(body, 'MethodDeclaration', 'PropertyDeclaration') : [])
    .filter(each => !each.getChild('static'))
    .flatMap((each): Member[] => {
      const name = each.getChild('PropertyDefinition');
      if (!name || text.slice(name.from, name.to) === 'constructor') return [];
      return [memberWritten(each, text.slice(name.from, name.to), typer)];
    });
  const base = after(node, 'extends');
  const inherited = base && instanceOf(typer.typeOf(base));
  return { kind: 'object', members: [...declared, ...(inherited ? membersOf(inherited, context) : [])] };
}

/** What a class makes objects of; undefined for what is none, or none that is known. */
export function instanceOf(type: Type): Type | undefined {
  if (type.kind === 'written') return type.written.instance();
  const described = known(type);
  if (described.kind === 'named' && described.name === 'EntityClass') return described.of[0];
  if (type.kind !== 'value') return undefined;
  const own = constructed.get(type.value);
  if (own !== undefined) return own;
  const prototype: unknown = Object.getOwnPropertyDescriptor(type.value, 'prototype')?.value;
  const isObject = typeof prototype === 'object' && prototype !== null;
  return isObject ? { kind: 'value', value: prototype, as: any } : undefined;
}

function memberWritten(node: SyntaxNode, name: string, typer: Typer): Member {
  const isMethod = node.name === 'MethodDeclaration' && !node.getChild('get');
  return {
    name,
    kind: isMethod ? 'method' : 'property',
    get type(): Type {
      if (isMethod) return written(node, typer);
      if (node.name === 'MethodDeclaration') return typeReturned(node, typer);
      const value = after(node, 'Equals');
      return typer.annotated(node) ?? (value ? typer.typeOf(value) : any);
    },
    distance: 0,
  };
}
