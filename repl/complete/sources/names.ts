import type { Found } from '../context.ts';
import { visibleDefinitions } from '../infer/definitions.ts';
import { keysOf } from '../infer/keys.ts';
import { readBy } from '../infer/read-by.ts';
import type { Typer } from '../infer/typer.ts';
import { showType } from '../types/show.ts';
import { alternatives, known, named, type Type } from '../types/type.ts';
import { typeOfBound } from '../types/values.ts';
import { placeholder } from '../analyze/half-typed.ts';
import type { SyntaxNode } from '../analyze/tree.ts';
import type { Typing } from '../analyze/typing.ts';
import type { CompletionSource } from './source.ts';

/** How far names are: of the text, of earlier lines, of the shell, of JavaScript. */
const distances = { text: 0, lines: 1, shell: 2, globals: 10 };

/** `creat` → `createAll`; where something is wanted, such as the class of an entity, that comes first. */
export const names: CompletionSource = (typing, typer, typed) => {
  const node = nodeAt(typing, typer);
  if (!node) return [];
  const wanted = node.parent?.name === 'NewExpression' ? named('EntityClass') : typer.expected(node);
  const isWanted = (type: () => Type) => wanted.kind !== 'any' && fits(wanted, type());
  const found: Found[] = [];
  const seen = new Set<string>();
  const add = (text: string, find: () => Type, distance: number) => {
    if (seen.has(text)) return;
    seen.add(text);
    let once: Type | undefined;
    const type = () => (once ??= find());
    found.push({
      text,
      get kind() {
        return kindOf(text, type(), typer);
      },
      get type() {
        return showType(type());
      },
      get distance() {
        return isWanted(type) ? distance - 20 : distance;
      },
    });
  };
  for (const each of visibleDefinitions(node)) {
    const text = typer.text.slice(each.from, each.to);
    const isBeingDeclared = each.parent !== null && each.parent.from < node.from && node.to <= each.parent.to;
    if (!text.includes(placeholder) && !isBeingDeclared)
      add(text, () => typer.typeOfBinding(each), distances.text);
  }
  const { scope } = typer.context;
  const typeOfName = (name: string) => () => typeOfBound(name, typer.context);
  const [own, provided] = [true, false].map(isOwn =>
    scope.names().filter(name => scope.isProvided(name) !== isOwn),
  );
  for (const name of [...(own ?? []), ...(provided ?? []).toSorted()])
    add(name, typeOfName(name), scope.isProvided(name) ? distances.shell : distances.lines);
  // There are too many to be listed where nothing is typed.
  if (typed !== '')
    for (const name of Object.getOwnPropertyNames(globalThis)) add(name, typeOfName(name), distances.globals);
  return found;
};

/** Where a name may stand: also as the property of an object of which nothing particular is wanted. */
function nodeAt(typing: Typing, typer: Typer): SyntaxNode | undefined {
  if (typing.kind === 'name') return typing.node;
  if (typing.kind !== 'key' || typing.quote !== '' || readBy(typing.object, typer)) return undefined;
  return keysOf(typer.expected(typing.object), typer.context).length === 0 ? typing.object : undefined;
}

function fits(wanted: Type, given: Type): boolean {
  const types = alternatives(given).map(known);
  // A `Ref` is given the entity itself.
  const all = alternatives(wanted).map(each =>
    each.kind === 'named' && each.name === 'Reference' ? (each.of[0] ?? each) : each,
  );
  return all.some(each => types.some(type => fitsOne(each, type)));
}

function fitsOne(wanted: Type, type: Type): boolean {
  if (type.kind === 'entity') {
    const { entity } = type;
    if (wanted.kind === 'condition') return wanted.property.targets.includes(entity.class);
    if (wanted.kind === 'entity') return entity === wanted.entity;
    return wanted.kind === 'named' && wanted.name === 'Entity' && !entity.isEmbeddable;
  }
  if (wanted.kind !== 'named' || type.kind !== 'named' || wanted.name !== type.name) return false;
  const [item] = type.of;
  // An embedded class has no rows.
  return wanted.name === 'EntityClass'
    ? wanted.of.length === 0 || item?.kind !== 'entity' || !item.entity.isEmbeddable
    : !/^(?:void|Array)$/.test(wanted.name);
}

function kindOf(text: string, type: Type, { context }: Typer): Found['kind'] {
  const described = known(type);
  if (described.kind === 'named' && described.name === 'EntityClass') return 'entity';
  if (!context.scope.isProvided(text)) return type.kind === 'written' ? 'method' : 'variable';
  return context.commands.some(({ name, aliases = [] }) => name === text || aliases.includes(text))
    ? 'command'
    : 'variable';
}
