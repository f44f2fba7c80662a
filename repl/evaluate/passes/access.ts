import type { AnyNode, CallExpression, ChainExpression, MemberExpression, Node, SpreadElement } from 'acorn';
import { label } from '../label.ts';
import { runtime, settled, temporary, type Pass, type Place, type Writer } from '../writer.ts';
import { inlineCallback, writeWalk } from './callbacks.ts';

/**
 * Reading and calling: every property read may load from the database, and every value that is a promise is awaited
 * before the expression goes on. In a function that cannot wait, the same reads complain instead of giving undefined.
 */
export const access: Pass = {
  MemberExpression: (node, at, writer) => writeLink(node, at, writer, code => code),
  CallExpression: (node, at, writer) => writeLink(node, at, writer, code => code),
  ChainExpression: (node, at, writer) => writeLink(node.expression, at, writer, code => code),
  NewExpression(node, at, writer) {
    const made = `new (${runtime}.constructor(${writer.operand(node.callee, at)}, ${label(node.callee, writer)}))(${writer.list(node.arguments, at)})`;
    return settled(made, at);
  },
  TaggedTemplateExpression(node, at, writer) {
    const { tag } = node;
    const callee =
      tag.type === 'MemberExpression' && isPlainMember(tag)
        ? writeMethod(tag, writer.operand(tag.object, at), false, at, writer)
        : writeFunction(tag, at, writer);
    const quasi = writer.fill(node.quasi, node.quasi.expressions, hole => writer.operand(hole, at));
    return settled(`(${callee})${quasi}`, at);
  },
  TemplateLiteral: (node, at, writer) =>
    writer.fill(node, node.expressions, hole => {
      const value = writer.operand(hole, at);
      return (hole as AnyNode).type === 'Literal'
        ? value
        : settled(`${runtime}.shown(${value})`, { ...at, raw: false });
    }),
  ObjectExpression: (node, at, writer) =>
    writer.fill(node, node.properties, property => {
      if (property.type !== 'SpreadElement') return writer.write(property, { ...at, raw: false });
      const { argument } = property as SpreadElement;
      return `...${settled(`${runtime}.shown(${writer.operand(argument, at)})`, { ...at, raw: false })}`;
    }),
  SpreadElement: (node, at, writer) => `...${writeItems(node.argument, at, writer)}`,
  AwaitExpression: (node, at, writer) => `${runtime}.resume(await ${writer.operand(node.argument, at)})`,
  ImportExpression: (node, at, writer) =>
    settled(`${runtime}.import(${writer.operand(node.source, at)})`, at),
  UnaryExpression(node, at, writer) {
    const { argument } = node;
    if (node.operator !== 'delete') return undefined;
    if (argument.type === 'MemberExpression')
      return `delete ${writeBare(argument, writer.operand(argument.object, at), at, writer)}`;
    if (argument.type !== 'ChainExpression' || argument.expression.type !== 'MemberExpression')
      return undefined;
    const member = argument.expression;
    const chain = writeObject(
      member,
      at,
      writer,
      object => `delete ${writeBare(member, object, at, writer)}`,
    );
    return `(${chain}) !== false`;
  },
};

/** Something to iterate over, loaded. */
function writeItems(node: Node, at: Place, writer: Writer): string {
  const items = `${runtime}.${at.awaitable ? 'items' : 'itemsSync'}(${writer.operand(node, at)}, ${label(node, writer)})`;
  return settled(items, { ...at, raw: false });
}

/**
 * One link of a chain. What follows it is written by `then`, so that `?.` leaves out the whole rest of its chain.
 */
function writeLink(node: Node, at: Place, writer: Writer, then: (code: string) => string): string {
  const link = node as AnyNode;
  const between = { ...at, raw: false };
  if (link.type === 'MemberExpression')
    return writeObject(link, between, writer, object => then(writeRead(link, object, at, writer)));
  if (link.type !== 'CallExpression') return then(writer.operand(link, between));
  const callback = at.awaitable ? inlineCallback(link) : undefined;
  if (callback)
    return writeObject(callback.member, between, writer, object =>
      then(writeWalk(link, callback, object, at, writer)),
    );
  return writeCallee(link, between, writer, callee =>
    then(
      link.callee.type === 'Super'
        ? `super(${writer.list(link.arguments, between)})`
        : settled(`${callee}(${writeArguments(link, between, writer)})`, at),
    ),
  );
}

/** The object of a member, and what follows if there is one. */
function writeObject(
  member: MemberExpression,
  at: Place,
  writer: Writer,
  then: (object: string) => string,
): string {
  const promise = isPromiseMethod(member);
  const next = (object: string) => (member.optional ? unlessNullish(object, at, then) : then(object));
  return writeLink(member.object, { ...at, raw: promise }, writer, next);
}

function unlessNullish(value: string, at: Place, then: (value: string) => string): string {
  const kept = temporary(at);
  return `((${kept} = ${value}) == null ? undefined : ${then(kept)})`;
}

function writeCallee(
  call: CallExpression,
  at: Place,
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
    return writeLink(callee, at, writer, code => next(asFunction(code, callee, call.optional, writer)));
  return next(writeFunction(callee, at, writer, call.optional));
}

/** `(a?.b)()` calls b on a; a missing a is then a missing function. */
function writeParenthesizedChain(chain: ChainExpression, at: Place, writer: Writer): string {
  const member = chain.expression;
  const value =
    member.type === 'MemberExpression'
      ? writeObject(member, at, writer, object => writeMethod(member, object, true, at, writer))
      : writer.write(chain, at);
  return asFunction(value, chain, false, writer);
}

function writeFunction(callee: Node, at: Place, writer: Writer, optional = false): string {
  const node = callee as AnyNode;
  const written = writer.operand(callee, at);
  const named = node.type === 'Identifier' && written === node.name;
  return node.type === 'Super' || named ? written : asFunction(written, callee, optional, writer);
}

function asFunction(code: string, callee: Node, optional: boolean, writer: Writer): string {
  return optional ? code : `${runtime}.callable(${code}, ${label(callee, writer)})`;
}

/** A method with its object, to be called: the arguments are computed after it is looked up, as in JavaScript. */
function writeMethod(
  member: MemberExpression,
  object: string,
  optional: boolean,
  at: Place,
  writer: Writer,
): string {
  if (!isPlainMember(member)) return writeBare(member, object, at, writer);
  const method = `${runtime}.${at.awaitable ? 'method' : 'methodSync'}(${object}, ${writeKey(member, at, writer)}, ${label(member, writer)}${optional ? ', true' : ''})`;
  return settled(method, { ...at, raw: false });
}

function writeRead(member: MemberExpression, object: string, at: Place, writer: Writer): string {
  if (!isPlainMember(member)) return settled(writeBare(member, object, at, writer), at);
  return settled(
    `${runtime}.${at.awaitable ? 'read' : 'readSync'}(${object}, ${writeKey(member, at, writer)})`,
    at,
  );
}

function writeBare(member: MemberExpression, object: string, at: Place, writer: Writer): string {
  const key = member.computed
    ? `[${writer.write(member.property, { ...at, raw: false })}]`
    : `.${writer.text(member.property)}`;
  return `${object}${key}`;
}

function writeKey(member: MemberExpression, at: Place, writer: Writer): string {
  return member.computed ? writer.operand(member.property, at) : JSON.stringify(writer.text(member.property));
}

function isPlainMember(member: MemberExpression): boolean {
  return member.object.type !== 'Super' && member.property.type !== 'PrivateIdentifier';
}

function isPromiseMethod(member: MemberExpression): boolean {
  return !member.computed && 'name' in member.property && /^(then|catch|finally)$/.test(member.property.name);
}

/** The promises given to `Promise.all` and its like are not awaited one by one. */
function writeArguments(call: CallExpression, at: Place, writer: Writer): string {
  const [first, ...rest] = call.arguments;
  if (!first || !isPromiseCombinator(call.callee)) return writer.list(call.arguments, at);
  const promises =
    first.type === 'ArrayExpression'
      ? `[${first.elements.map(element => (element ? writer.raw(element, at) : '')).join(', ')}]`
      : writer.raw(first, at);
  return [promises, ...rest.map(each => writer.operand(each, at))].join(', ');
}

function isPromiseCombinator(callee: Node): boolean {
  const { type, object, property } = callee as MemberExpression;
  if (type !== 'MemberExpression' || object.type !== 'Identifier' || object.name !== 'Promise') return false;
  return 'name' in property && /^(all|allSettled|race|any)$/.test(property.name);
}
