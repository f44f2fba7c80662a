import { after, children, parse, type SyntaxNode } from '../analyze/tree.ts';
import type { CompletionContext } from '../context.ts';
import { readMembers, readType, type TypeNames } from '../types/read-type.ts';
import { any, entity, named, type Type } from '../types/type.ts';

/** What the names of types in a text stand for: what it declares itself, or the classes of the session. */
export function typeNamesOf(text: string, { session }: CompletionContext): TypeNames {
  let declared: ReadonlyMap<string, SyntaxNode> | undefined;
  const known = new Map<string, Type>();
  const names: TypeNames = {
    text,
    variables: new Set(),
    resolve(name, of) {
      declared ??= declarationsIn(text);
      const node = declared.get(name);
      if (node) return known.get(name) ?? read(name, node);
      const { entities, embeddables } = session;
      const found = session.describe(Object.hasOwn(entities, name) ? entities[name] : embeddables[name]);
      if (found !== undefined) return entity(found);
      return name === 'Ref' ? named('Reference', ...of) : undefined;
    },
  };
  const read = (name: string, node: SyntaxNode): Type => {
    // A type that refers to itself is not followed.
    known.set(name, any);
    const body = node.getChild('ObjectType');
    const type: Type =
      node.name === 'InterfaceDeclaration' && body
        ? { kind: 'object', members: readMembers(body, names) }
        : readType(after(node, 'Equals'), names);
    known.set(name, type);
    return type;
  };
  return names;
}

function declarationsIn(text: string): ReadonlyMap<string, SyntaxNode> {
  const nodes = children(parse(text), 'InterfaceDeclaration', 'TypeAliasDeclaration');
  return new Map(
    nodes.flatMap(node => {
      const name = node.getChild('TypeDefinition');
      return name ? [[text.slice(name.from, name.to), node] as const] : [];
    }),
  );
}
