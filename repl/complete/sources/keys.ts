import { children, stringValue, type SyntaxNode } from '../analyze/tree.ts';
import type { Found } from '../context.ts';
import type { Key } from '../infer/key.ts';
import { keysOf } from '../infer/keys.ts';
import { readBy } from '../infer/read-by.ts';
import type { Typer } from '../infer/typer.ts';
import { membersOf, ofEveryObject } from '../types/members.ts';
import { showType } from '../types/show.ts';
import { any, type Type } from '../types/type.ts';
import type { CompletionSource } from './source.ts';

/** `filterBy({ us` → `username`, `{ size: { $g` → `$gt`, `const { us } = user` → `username` */
export const keys: CompletionSource = (typing, typer) => {
  if (typing.kind === 'pattern') return ofPattern(typing.pattern, typer);
  if (typing.kind !== 'key') return [];
  const { object, written, quote } = typing;
  const read = readBy(object, typer);
  if (read !== undefined) return fromMembers(read, typer, namesIn(object, typer));
  const wanted = typer.expected(object);
  const steps = written.split('.').slice(0, -1);
  const found = steps.reduce<readonly Key[]>(
    (all, step) => keysOf(all.find(({ name }) => name === step)?.wanted ?? any, typer.context),
    keysOf(wanted, typer.context),
  );
  const taken = steps.length === 0 ? namesIn(object, typer) : new Set();
  const free = found.filter(
    ({ name, kind }) => !taken.has(name) && (steps.length === 0 || kind !== 'operator'),
  );
  return free.map((key): Found => ({
    text: quote !== '' || isName(key.name) ? key.name : `'${key.name}'`,
    kind: key.kind,
    get type() {
      return showType(key.shown);
    },
    ...(key.isRequired && wanted.kind === 'named' && wanted.name === 'Fields' && { detail: 'required' }),
    distance: key.kind === 'operator' ? 2 : 0,
  }));
};

function ofPattern(pattern: SyntaxNode, typer: Typer): Found[] {
  return fromMembers(typer.typeOfBinding(pattern), typer, namesIn(pattern, typer));
}

/** What a pattern can read from a value: its properties first. */
function fromMembers(type: Type, typer: Typer, taken: ReadonlySet<unknown>): Found[] {
  return membersOf(type, typer.context)
    .filter(
      ({ name, distance }) =>
        isName(name) && !name.startsWith('_') && distance < ofEveryObject && !taken.has(name),
    )
    .map(member => ({
      text: member.name,
      kind: member.kind,
      get type() {
        return showType(member.type);
      },
      distance: member.distance,
    }));
}

/** The names that an object or a pattern has already. */
function namesIn(node: SyntaxNode, { text }: Typer): ReadonlySet<string> {
  const written = children(node, 'Property', 'PatternProperty').flatMap(property => {
    const key = property.firstChild;
    if (!key || key.name === 'Spread') return [];
    return [key.name === 'String' ? stringValue(text, key) : text.slice(key.from, key.to)];
  });
  return new Set(written);
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}
