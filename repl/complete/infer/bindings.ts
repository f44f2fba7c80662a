import { after, children, items, type SyntaxNode } from '../analyze/tree.ts';
import { typeOfMember } from '../types/members.ts';
import { itemAt, itemOf } from '../types/substitute.ts';
import { any, listOf, named, string, type Type } from '../types/type.ts';
import { written } from './functions.ts';
import type { Typer } from './typer.ts';

/** The type that a name or a pattern gets where it is declared or assigned to. */
export function typeOfBinding(node: SyntaxNode, typer: Typer): Type {
  const { parent } = node;
  switch (parent?.name) {
    case 'VariableDeclaration':
      return declared(node, typer) ?? any;
    case 'AssignmentExpression':
      return parent.lastChild ? typer.typeOf(parent.lastChild) : any;
    case 'ForOfSpec': {
      const list = after(parent, 'of');
      return list ? itemOf(typer.typeOf(list)) : any;
    }
    case 'ForInSpec':
      return string;
    case 'CatchClause':
      return named('Error');
    case 'ParamList':
      return ofParameter(node, parent, typer);
    case 'PatternProperty':
      return ofProperty(node, parent, typer);
    case 'ArrayPattern':
      return ofItem(node, parent, typer);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'FunctionExpression':
    case 'ClassExpression':
      return written(parent, typer);
    default:
      return any;
  }
}

/** What is written after a name up to the next comma: its type, or its value. */
function declared(node: SyntaxNode, typer: Typer): Type | undefined {
  for (let next = node.nextSibling; next && next.name !== ','; next = next.nextSibling) {
    if (next.name === 'TypeAnnotation') return typer.annotated(next);
    if (next.name === 'Equals' && next.nextSibling) return typer.typeOf(next.nextSibling);
  }
  return undefined;
}

function ofParameter(node: SyntaxNode, list: SyntaxNode, typer: Typer): Type {
  const known = declared(node, typer);
  if (known !== undefined && known.kind !== 'any') return known;
  const owner = list.parent;
  const expected = owner ? typer.expected(owner) : any;
  const parameters = expected.kind === 'function' ? expected.signature.parameters : [];
  const bound = items(list).filter(({ name }) => /^(?:VariableDefinition|.*Pattern)$/.test(name));
  const index = bound.findIndex(({ from }) => from === node.from);
  const type = parameters[index]?.type ?? any;
  return node.prevSibling?.name === 'Spread' ? listOf(type) : type;
}

/** `[a, b]` of a list, or of a tuple. */
function ofItem(node: SyntaxNode, pattern: SyntaxNode, typer: Typer): Type {
  const list = typer.typeOfBinding(pattern);
  const commas = children(pattern, ',').filter(({ from }) => from < node.from).length;
  return node.prevSibling?.name === 'Spread' ? listOf(itemOf(list)) : itemAt(list, commas);
}

/** `{ a }`, `{ a: pattern }` and `{ ...rest }` of what the pattern around it gets. */
function ofProperty(node: SyntaxNode, property: SyntaxNode, typer: Typer): Type {
  const pattern = property.parent;
  if (!pattern) return any;
  if (children(property, 'Spread').length > 0) return typer.typeOfBinding(pattern);
  const name = property.firstChild ?? node;
  return typeOfMember(typer.typeOfBinding(pattern), typer.text.slice(name.from, name.to), typer.context);
}
