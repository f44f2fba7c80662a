import { after, items, stringValue, type SyntaxNode } from '../analyze/tree.ts';
import { alternatives, any, present, type Type } from '../types/type.ts';
import { keysOf } from './keys.ts';
import type { Typer } from './typer.ts';

/** The type that is wanted of an expression where it stands; `any` if nothing particular is. */
export function expectedAt(node: SyntaxNode, typer: Typer): Type {
  const { parent } = node;
  switch (parent?.name) {
    case 'ArgList': {
      const index = items(parent).findIndex(({ from }) => from === node.from);
      return (parent.parent && typer.callOf(parent.parent)?.parameter(index)) ?? any;
    }
    case 'Property':
      return ofProperty(node, parent, typer);
    case 'ArrayExpression':
      return itemWanted(typer.expected(parent));
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return typer.expected(parent);
    case 'ConditionalExpression':
      return node.prevSibling === null ? any : typer.expected(parent);
    case 'VariableDeclaration':
      return annotatedBefore(node, typer);
    case 'AssignmentExpression':
      return parent.firstChild && node.prevSibling ? present(typer.typeOf(parent.firstChild)) : any;
    case 'BinaryExpression':
      return ofOperand(node, parent, typer);
    case 'CaseLabel': {
      const subject = parent.parent?.parent?.getChild('ParenthesizedExpression');
      return subject ? typer.typeOf(subject) : any;
    }
    default:
      return any;
  }
}

/** What is wanted of the items of a list; of a condition, a list is of its values. */
function itemWanted(type: Type): Type {
  const found = alternatives(type).flatMap(each => {
    if (each.kind === 'condition') return [each];
    return each.kind === 'named' && each.name === 'Array' ? [each.of[0] ?? any] : [];
  });
  return found[0] ?? any;
}

function ofProperty(node: SyntaxNode, property: SyntaxNode, typer: Typer): Type {
  const key = property.firstChild;
  const object = property.parent;
  if (!key || !object || after(property, ':')?.from !== node.from) return any;
  const name = key.name === 'String' ? stringValue(typer.text, key) : typer.text.slice(key.from, key.to);
  // `'author.name'` is the name of the author.
  return name
    .split('.')
    .reduce<Type>(
      (type, step) => keysOf(type, typer.context).find(each => each.name === step)?.wanted ?? any,
      typer.expected(object),
    );
}

function annotatedBefore(node: SyntaxNode, typer: Typer): Type {
  const annotation = node.prevSibling?.prevSibling;
  return annotation?.name === 'TypeAnnotation' ? (typer.annotated(annotation) ?? any) : any;
}

/** What is compared with a value is to be of its type; what stands in for one is wanted as that is. */
function ofOperand(node: SyntaxNode, operation: SyntaxNode, typer: Typer): Type {
  const [left, right] = [operation.firstChild, operation.lastChild];
  const sign = left?.nextSibling ? typer.text.slice(left.nextSibling.from, left.nextSibling.to) : '';
  if (!left || !right) return any;
  if (/^[=!]==?$/.test(sign)) return typer.typeOf(node.from === left.from ? right : left);
  return /^(?:&&|\|\||\?\?)$/.test(sign) && node.from !== left.from ? typer.expected(operation) : any;
}
