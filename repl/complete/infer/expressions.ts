import { children, items, type SyntaxNode } from '../analyze/tree.ts';
import { itemOf } from '../types/substitute.ts';
import {
  any,
  boolean,
  listOf,
  named,
  nothing,
  number,
  present,
  string,
  type Type,
  union,
} from '../types/type.ts';
import { written } from './functions.ts';
import { typeOfName } from './name-type.ts';
import { membersWritten } from './objects.ts';
import { typeOfOperation } from './operations.ts';
import { typeOfRead } from './reads.ts';
import type { Typer } from './typer.ts';

type Infer = (node: SyntaxNode, typer: Typer) => Type;

/** The type of an expression; `any` for what nothing is known of. */
export const typeOfExpression: Infer = (node, typer) => byName[node.name]?.(node, typer) ?? any;

const inner: Infer = (node, typer) => {
  const last = items(node).at(-1);
  return last ? typer.typeOf(last) : any;
};
const itself: Infer = written;

const byName: Readonly<Record<string, Infer>> = {
  VariableName: (node, typer) => typeOfName(textOf(node, typer), node, typer),
  Number: (node, typer) => (textOf(node, typer).endsWith('n') ? named('bigint') : number),
  String: () => string,
  TemplateString: () => string,
  TaggedTemplateExpression: () => any,
  BooleanLiteral: () => boolean,
  RegExp: () => named('RegExp'),
  null: () => nothing,
  this: typeOfThis,
  ArrayExpression(node, typer) {
    const found = children(node).flatMap(child => {
      if (!items(node).some(item => item.from === child.from)) return [];
      const type = typer.typeOf(child);
      return [child.prevSibling?.name === 'Spread' ? itemOf(type) : type];
    });
    return listOf(found.length === 0 ? any : union(found.slice(0, 4)));
  },
  ObjectExpression: (node, typer) => ({ kind: 'object', members: membersWritten(node, typer) }),
  ParenthesizedExpression: inner,
  SequenceExpression: inner,
  AwaitExpression: inner,
  ArrowFunction: itself,
  FunctionExpression: itself,
  ClassExpression: itself,
  MemberExpression: typeOfRead,
  CallExpression: (node, typer) => typer.callOf(node)?.returns() ?? any,
  NewExpression: (node, typer) => typer.callOf(node)?.returns() ?? any,
  ConditionalExpression(node, typer) {
    const [, yes, no] = items(node).filter(({ name }) => name !== 'LogicOp');
    return union([yes, no].map(each => (each ? typer.typeOf(each) : nothing)));
  },
  AssignmentExpression: inner,
  PostfixExpression(node, typer) {
    const value = node.firstChild;
    return node.getChild('LogicOp') && value ? present(typer.typeOf(value)) : number;
  },
  UnaryExpression(node) {
    const operator = node.firstChild?.name;
    if (operator === 'typeof') return string;
    return operator === 'LogicOp' || operator === 'delete' ? boolean : operator === 'void' ? nothing : number;
  },
  BinaryExpression: typeOfOperation,
  PrefixCast(node, typer) {
    const [type] = items(node);
    return type ? typer.typeWritten(type) : any;
  },
};

/** Arrow functions have the `this` of what is around them. */
function typeOfThis(node: SyntaxNode, typer: Typer): Type {
  for (let one = node.parent; one; one = one.parent) {
    if (one.name === 'ClassDeclaration' || one.name === 'ClassExpression') return typer.instance(one);
    const isMethod = one.name === 'Property' && one.getChild('ParamList') !== null;
    const isFunction = one.name === 'FunctionDeclaration' || one.name === 'FunctionExpression';
    const property = isMethod ? one : isFunction ? one.parent : undefined;
    if (property?.name === 'Property' && property.parent) return typer.typeOf(property.parent);
    if (isFunction) return any;
  }
  return any;
}

function textOf(node: SyntaxNode, { text }: Typer): string {
  return text.slice(node.from, node.to);
}
