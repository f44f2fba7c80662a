import type { AnyNode, BinaryExpression, MemberExpression, Node } from 'acorn';
import { memberName } from './call-site-name.ts';
import { childrenOf } from './walk.ts';

/** Names of properties that lead from any object to what JavaScript itself uses. */
const leading = /^(?:constructor|prototype|__\w+)$/;

/** Methods of Object that hand out or change what they are given. */
const reflecting = /^(?:assign|define\w*|set\w*|getPrototypeOf|getOwnProperty\w*)$/;

/** Functions that run code which nobody has looked at. */
const running = /^(?:eval|Function|require|Reflect|globalThis|global)$/;

/**
 * Whether code can get hold of an object that JavaScript itself uses, such as `Array.prototype`, and so overwrite what it
 * has. What only calls a global, as `Math.max(1, 2)` and `new Date()` do, cannot.
 *
 * @param isGlobal whether a name means JavaScript's own global
 * @param how whether it can by what it does itself, or also by what it hands to functions of other lines
 */
export function reachesBuiltIns(
  program: Node,
  isGlobal: (name: string) => boolean,
  how: 'itself' | 'through others',
): boolean {
  // A computed key may be any, but does no harm where nothing is written.
  const isAnyKeyHarmless = how === 'itself' && !writesMember(program);
  const isGlobalName = (node: Node) =>
    node.type === 'Identifier' && isGlobal((node as { name?: string }).name ?? '');
  const visit = (node: Node, isStrict: boolean): boolean => {
    const any = node as AnyNode;
    const rest = (...left: readonly Node[]) =>
      childrenOf(node).some(child => !left.includes(child) && visit(child, isStrict));
    switch (any.type) {
      case 'Identifier':
        return (
          running.test(any.name) || (isGlobal(any.name) && !/^(?:undefined|NaN|Infinity)$/.test(any.name))
        );
      case 'ThisExpression':
        return !isStrict;
      case 'ImportDeclaration':
      case 'ImportExpression':
        return true;
      case 'ClassDeclaration':
      case 'ClassExpression':
        return (
          visit(any.body, true) ||
          (any.superClass ? !isGlobalName(any.superClass) && visit(any.superClass, true) : false)
        );
      case 'CallExpression':
      case 'NewExpression':
        return isHarmlessCallee(any.callee) ? rest(any.callee) : rest();
      case 'BinaryExpression':
        return chainOf(any).some(
          ({ operator, left, right }) =>
            (left.type !== 'BinaryExpression' && visit(left, isStrict)) ||
            (!(operator === 'instanceof' && isGlobalName(right)) && visit(right, isStrict)),
        );
      case 'MemberExpression':
        return isAnyKeyHarmless && any.computed && any.property.type !== 'Literal'
          ? rest()
          : leads(any) || visit(any.object, isStrict);
      case 'ObjectPattern':
        return any.properties.some(each => each.type === 'Property' && leadsByKey(each)) || rest();
      default:
        return rest();
    }
  };
  const isHarmlessCallee = (callee: Node): boolean => {
    if (callee.type === 'Identifier')
      return isGlobalName(callee) && !running.test((callee as { name?: string }).name ?? '');
    const { type, object } = callee as MemberExpression;
    if (type !== 'MemberExpression' || !isGlobalName(object) || leads(callee as MemberExpression))
      return false;
    const { name } = object as { name?: string };
    return !running.test(name ?? '') && !reflecting.test(memberName(callee as MemberExpression) ?? '');
  };
  return visit(program, false);
}

/** Whether code assigns to a member or deletes one, or calls one that it computes, as that may do anything. */
function writesMember(node: Node): boolean {
  const any = node as AnyNode;
  switch (any.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return hasMember(any.left) || childrenOf(node).some(writesMember);
    case 'UpdateExpression':
      return hasMember(any.argument);
    case 'UnaryExpression':
      return any.operator === 'delete' || writesMember(any.argument);
    case 'CallExpression':
      return (
        (any.callee.type === 'MemberExpression' && any.callee.computed) || childrenOf(node).some(writesMember)
      );
    case 'BinaryExpression':
      return chainOf(any).some(
        ({ left, right }) => (left.type !== 'BinaryExpression' && writesMember(left)) || writesMember(right),
      );
    default:
      return childrenOf(node).some(writesMember);
  }
}

/** `a + b + c`, `a + b`: the chain is not walked as deeply as it is long. */
function chainOf(node: BinaryExpression): BinaryExpression[] {
  const chain = [node];
  for (let { left } = node; left.type === 'BinaryExpression'; { left } = left) chain.push(left);
  return chain;
}

function hasMember(node: Node): boolean {
  return node.type === 'MemberExpression' || childrenOf(node).some(hasMember);
}

function leads(member: MemberExpression): boolean {
  const { computed, property } = member;
  if (!computed) return leading.test(memberName(member) ?? '');
  const { type, value } = property as { type: string; value?: unknown };
  return type !== 'Literal' || leading.test(String(value));
}

function leadsByKey({ computed, key }: { readonly computed: boolean; readonly key: Node }): boolean {
  const { name, value } = key as { name?: string; value?: unknown };
  return computed || leading.test(name ?? String(value));
}
