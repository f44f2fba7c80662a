import type { AnyNode, CallExpression, ChainExpression, MemberExpression, Node, SpreadElement } from 'acorn';
import { intermediate, iterableLabel, callSiteName, memberName } from '../../syntax/call-site-name.ts';
import { runtime, awaited, temporary, type Rewrite, type Position, type Writer } from '../writer.ts';
import { inlineCallback, writeWalk } from './callbacks.ts';
import { isPlainMember, writeKey, writeMember, writeRead } from './members.ts';
import { writeIterable } from './patterns.ts';

/**
 * Reading and calling: every property read may load from the database, and every value that is a promise is awaited
 * before the expression goes on. In a function that cannot wait, the same reads complain instead of giving undefined.
 */
export const access: Rewrite = {
  MemberExpression: (node, at, writer) => writeLink(node, at, writer, code => code),
  CallExpression: (node, at, writer) => writeLink(node, at, writer, code => code),
  ChainExpression: (node, at, writer) => writeLink(node.expression, at, writer, code => code),
  NewExpression(node, at, writer) {
    const made = `new (${runtime}.constructor(${writer.operand(node.callee, at)}, ${callSiteName(node.callee)}))(${writeList(node.arguments, { ...at, raw: false }, writer)})`;
    return awaited(made, at);
  },
  TaggedTemplateExpression(node, at, writer) {
    const { tag } = node;
    const callee =
      tag.type === 'MemberExpression' && isPlainMember(tag)
        ? writeMethod(tag, writer.operand(tag.object, at), false, at, writer)
        : writeFunction(tag, at, writer);
    const quasi = writer.fill(node.quasi, node.quasi.expressions, hole => writer.operand(hole, at));
    return awaited(`(${callee})${quasi}`, at);
  },
  TemplateLiteral: (node, at, writer) =>
    writer.fill(node, node.expressions, hole => {
      const value = writer.operand(hole, at);
      return (hole as AnyNode).type === 'Literal'
        ? value
        : awaited(`${runtime}.shown(${value})`, { ...at, raw: false });
    }),
  ObjectExpression: (node, at, writer) =>
    writer.fill(node, node.properties, property => {
      if (property.type !== 'SpreadElement') return writer.write(property, { ...at, raw: false });
      const { argument } = property as SpreadElement;
      return `...${awaited(`${runtime}.shown(${writer.operand(argument, at)})`, { ...at, raw: false })}`;
    }),
  SpreadElement: (node, at, writer) =>
    `...${writeIterable(writer.operand(node.argument, at), node.argument, at)}`,
  YieldExpression(node, at, writer) {
    if (!node.delegate || !node.argument || at.awaitable) return undefined;
    return `yield* ${writeIterable(writer.operand(node.argument, at), node.argument, at)}`;
  },
  AwaitExpression: (node, at, writer) => `${runtime}.resume(await ${writer.operand(node.argument, at)})`,
  ImportExpression: (node, at, writer) =>
    awaited(`${runtime}.import(${writer.operand(node.source, at)})`, at),
  UnaryExpression(node, at, writer) {
    const { argument } = node;
    if (node.operator !== 'delete') return undefined;
    if (argument.type === 'MemberExpression')
      return `delete ${writeMember(argument, writer.operand(argument.object, at), at, writer)}`;
    if (argument.type !== 'ChainExpression' || argument.expression.type !== 'MemberExpression')
      return undefined;
    const member = argument.expression;
    const chain = writeObject(
      member,
      at,
      writer,
      object => `delete ${writeMember(member, object, at, writer)}`,
    );
    return `(${chain}) !== false`;
  },
};

/**
 * One link of a chain. What follows it is written by `then`, so that `?.` leaves out the whole rest of its chain.
 */
function writeLink(node: Node, at: Position, writer: Writer, then: (code: string) => string): string {
  const link = node as AnyNode;
  const between = { ...at, raw: false };
  if (link.type === 'MemberExpression')
    return writeObject(link, between, writer, object => then(writeRead(link, object, at, writer)));
  if (link.type !== 'CallExpression') return then(at.raw ? writer.raw(link, at) : writer.operand(link, at));
  const callback = at.awaitable ? inlineCallback(link) : undefined;
  if (callback)
    return writeObject(callback.member, between, writer, object =>
      then(writeWalk(link, callback, object, at, writer)),
    );
  return writeCallee(link, between, writer, callee =>
    then(
      link.callee.type === 'Super'
        ? `super(${writeList(link.arguments, between, writer)})`
        : awaited(`${callee}(${writeArguments(link, between, writer)})`, at),
    ),
  );
}

/** The object of a member, and what follows if there is one. */
function writeObject(
  member: MemberExpression,
  at: Position,
  writer: Writer,
  then: (object: string) => string,
): string {
  const promise = isPromiseMethod(member);
  const next = (object: string) => (member.optional ? unlessNullish(object, at, then) : then(object));
  return writeLink(member.object, { ...at, raw: promise }, writer, next);
}

function unlessNullish(value: string, at: Position, then: (value: string) => string): string {
  const kept = temporary(at);
  return `((${kept} = ${value}) == null ? undefined : ${then(kept)})`;
}

function writeCallee(
  call: CallExpression,
  at: Position,
  writer: Writer,
  then: (callee: string) => string,
): string {
  const next = (callee: string) => (call.optional ? unlessNullish(callee, at, then) : then(callee));
  const callee = call.callee as AnyNode;
  if (callee.type === 'MemberExpression')
    return writeObject(callee, at, writer, object =>
      next(writeMethod(callee, object, call.optional, at, writer)),
    );
  if (callee.type === 'ChainExpression') return next(writeParenthesizedChain(callee, at, writer));
  if (callee.type === 'CallExpression')
    return writeLink(callee, at, writer, code => next(asFunction(code, callee, call.optional, at)));
  return next(writeFunction(callee, at, writer, call.optional));
}

/** `(a?.b)()` calls b on a; a missing a is then a missing function. */
function writeParenthesizedChain(chain: ChainExpression, at: Position, writer: Writer): string {
  const member = chain.expression;
  const value =
    member.type === 'MemberExpression'
      ? writeObject(member, at, writer, object => writeMethod(member, object, true, at, writer))
      : writer.write(chain, at);
  return `${runtime}.callableSync(${value}, ${JSON.stringify(intermediate)})`;
}

function writeFunction(callee: Node, at: Position, writer: Writer, optional = false): string {
  const node = callee as AnyNode;
  const written = writer.operand(callee, at);
  const named = node.type === 'Identifier' && written === node.name;
  return node.type === 'Super' || named ? written : asFunction(written, callee, optional, at);
}

function asFunction(code: string, callee: Node, optional: boolean, at: Position): string {
  if (optional) return code;
  return `${runtime}.${at.awaitable ? 'callable' : 'callableSync'}(${code}, ${callSiteName(callee)})`;
}

/** A method with its object, to be called: the arguments are computed after it is looked up, as in JavaScript. */
function writeMethod(
  member: MemberExpression,
  object: string,
  optional: boolean,
  at: Position,
  writer: Writer,
): string {
  if (!isPlainMember(member)) return writeOwnMethod(member, object, optional, at, writer);
  const method = `${runtime}.${at.awaitable ? 'method' : 'methodSync'}(${object}, ${writeKey(member, at, writer)}, ${callSiteName(member)}${optional ? ', true' : ''})`;
  return awaited(method, { ...at, raw: false });
}

/** A method of super, or a private one: JavaScript calls it on its object, unless it is looked at first. */
function writeOwnMethod(
  member: MemberExpression,
  object: string,
  optional: boolean,
  at: Position,
  writer: Writer,
): string {
  if (!optional) return writeMember(member, object, at, writer);
  const self = temporary(at);
  const kept = object === 'super' ? 'this' : object;
  const method = writeMember(member, object === 'super' ? object : self, at, writer);
  return `${runtime}.bound(${self} = ${kept}, ${method}, ${callSiteName(member)})`;
}

function isPromiseMethod(member: MemberExpression): boolean {
  return /^(then|catch|finally)$/.test(memberName(member) ?? '');
}

/** The promises given to `Promise.all` and its like are not awaited one by one. */
function writeArguments(call: CallExpression, at: Position, writer: Writer): string {
  const [first, ...rest] = call.arguments;
  if (!first || !isPromiseCombinator(call.callee, at, writer)) return writeList(call.arguments, at, writer);
  const promises =
    first.type === 'ArrayExpression'
      ? `[${first.elements.map(element => (element ? writer.raw(element, at) : '')).join(', ')}]`
      : writer.raw(first, at);
  return [promises, ...rest.map(each => writer.operand(each, at))].join(', ');
}

/** Arguments; of a spread one at their end, JavaScript complains in its own way. */
function writeList(nodes: readonly Node[], at: Position, writer: Writer): string {
  return nodes
    .map((node, index) => {
      const { type, argument } = node as SpreadElement;
      if (type !== 'SpreadElement' || index < nodes.length - 1) return writer.operand(node, at);
      const items = `${runtime}.${at.awaitable ? 'items' : 'itemsSync'}(${writer.operand(argument, at)}, ${iterableLabel(argument)}, 'spread')`;
      return `...${awaited(items, at)}`;
    })
    .join(', ');
}

function isPromiseCombinator(callee: Node, at: Position, writer: Writer): boolean {
  const { type, object } = callee as MemberExpression;
  if (type !== 'MemberExpression' || object.type !== 'Identifier') return false;
  const isPromise =
    object.name === 'Promise' && !at.names.has('Promise') && writer.write(object, at) === 'Promise';
  return isPromise && /^(all|allSettled|race|any)$/.test(memberName(callee as MemberExpression) ?? '');
}
