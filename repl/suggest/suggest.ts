import type { CallExpression, MemberExpression, Node } from 'acorn';
import { nearest } from '../../src/index.ts';
import { parseTyped } from '../syntax/parse.ts';
import { walk } from '../syntax/walk.ts';
import { type Edit, edited, objectOfArguments } from './edits.ts';
import { pythonCalls, pythonMembers, pythonNames } from './python-names.ts';

/** What a suggestion is made from. */
export interface Mistake {
  /** The statement as it was typed. */
  readonly text: string;
  /** What it threw. */
  readonly error: unknown;
  /** The names of the prompt. */
  readonly names: readonly string[];
  /** The words of commands, those with a dot, too. */
  readonly commands: readonly string[];
  /** Whether a name is that of a class. */
  readonly isClass: (name: string) => boolean;
  /** @returns the names of the members of the expression at the end of a text; nothing is evaluated */
  readonly members: (expression: string) => Promise<readonly string[]>;
}

/**
 * What was probably meant by a statement that failed: names that are nearly right, and those that Python has. The idea is
 * Python's (`NameError: name 'comit' is not defined. Did you mean: 'commit'?`).
 *
 * @returns the statement as it should be, or the name alone if the statement is long; undefined if nothing is near
 */
export async function suggest(mistake: Mistake): Promise<string | undefined> {
  const { text, error } = mistake;
  if (!(error instanceof Error) || error.constructor.name === 'MikroscopeError') return undefined;
  const parsed = parseTyped(text);
  // Positions are those of what was typed only where that is JavaScript as it stands.
  if (parsed.kind !== 'program' || parsed.source !== text) return undefined;
  const edits = await editsFor(error.message, parsed.program, mistake);
  return edits.length === 0 ? undefined : edited(text, edits);
}

async function editsFor(message: string, program: Node, mistake: Mistake): Promise<Edit[]> {
  const name = /^([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(message)?.[1];
  if (name !== undefined) return editsOfName(name, program, mistake);
  const called = /([\p{ID_Start}$_][\p{ID_Continue}$]*) is not a function/u.exec(message)?.[1];
  if (called !== undefined) return editsOfMember(called, program, mistake);
  const owner = /^Class constructor (\S+) cannot be invoked without 'new'$/.exec(message)?.[1];
  if (owner !== undefined)
    return callsOf(owner, program).flatMap(call => [newBefore(call), ...withObject(call, mistake)]);
  const read = /^Cannot read properties of undefined \(reading '(.+)'\)$/.exec(message)?.[1];
  return read === undefined ? [] : editsOfOwner(read, program, mistake);
}

/** A name that is bound nowhere. */
function editsOfName(name: string, program: Node, mistake: Mistake): Edit[] {
  const call = pythonCalls[name];
  if (call) {
    return callsOf(name, program).flatMap(({ start, end, arguments: args }) => {
      const texts = args.map(each => mistake.text.slice(each.start, each.end));
      return texts.length === 0 ? [] : [{ start, end, text: call(texts) }];
    });
  }
  const meant = pythonNames[name] ?? nearestName(name, mistake);
  if (meant === undefined) return [];
  const found: Edit[] = [];
  walk(program, node => {
    if (node.type === 'Identifier' && node.name === name)
      found.push({ start: node.start, end: node.end, text: meant });
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name) {
      if (mistake.isClass(meant)) found.push(newBefore(node));
      found.push(...withObject(node, mistake));
    }
  });
  return found;
}

/** A command that is typed with a dot is meant only where its name is all that was typed. */
function nearestName(name: string, { text, names, commands }: Mistake): string | undefined {
  const dotted = text.trim() === name ? commands : [];
  return nearest(name, [...names, ...globals, ...dotted]);
}

/** Those of JavaScript's names that are often typed. */
const globals: readonly string[] = [
  'console',
  'Date',
  'JSON',
  'Math',
  'Object',
  'Array',
  'String',
  'Number',
  'Promise',
];

/** A method that its object does not have. */
async function editsOfMember(name: string, program: Node, mistake: Mistake): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const { member, call } of membersOf(program, name)) {
    const known = await mistake.members(mistake.text.slice(0, member.object.end));
    const meant = pythonMembers[name]?.find(each => known.includes(each)) ?? nearest(name, known);
    if (meant === undefined || meant === name) continue;
    const { start, end } = member.property;
    edits.push({ start, end, text: meant }, ...(call === undefined ? [] : withObject(call, mistake)));
  }
  return edits;
}

/** What has no value, so that `reading` cannot be read of it: a member whose name is not quite right. */
async function editsOfOwner(reading: string, program: Node, mistake: Mistake): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const { member } of membersOf(program, reading)) {
    const owner = member.object;
    if (owner.type !== 'MemberExpression' || owner.property.type !== 'Identifier' || owner.computed) continue;
    const known = await mistake.members(mistake.text.slice(0, owner.object.end));
    const meant = known.includes(owner.property.name) ? undefined : nearest(owner.property.name, known);
    const { start, end } = owner.property;
    if (meant !== undefined) edits.push({ start, end, text: meant });
  }
  return edits;
}

interface FoundMember {
  readonly member: MemberExpression;
  /** The call of it, if it is called. */
  readonly call: CallExpression | undefined;
}

function membersOf(program: Node, name: string): FoundMember[] {
  const calls = new Map<Node, CallExpression>();
  const found: MemberExpression[] = [];
  walk(program, node => {
    if (node.type === 'CallExpression') calls.set(node.callee, node);
    if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return;
    if (node.property.name === name) found.push(node);
  });
  return found.map(member => ({ member, call: calls.get(member) }));
}

function callsOf(name: string, program: Node): CallExpression[] {
  const found: CallExpression[] = [];
  walk(program, node => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name)
      found.push(node);
  });
  return found;
}

function newBefore({ start }: Node): Edit {
  return { start, end: start, text: 'new ' };
}

/** Python's keyword arguments, which JavaScript reads as assignments, as an object. */
function withObject({ arguments: args }: CallExpression, { text }: Mistake): Edit[] {
  const object = objectOfArguments(args, text);
  return object === undefined ? [] : [object];
}
