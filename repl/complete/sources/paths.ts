import type { EntityDescription, PropertyDescription } from '../../../src/index.ts';
import type { Found } from '../context.ts';
import type { Typer } from '../infer/typer.ts';
import { propertyOf, targetOf, typeOfProperty } from '../types/property-type.ts';
import { showType } from '../types/show.ts';
import { alternatives, known, type Type } from '../types/type.ts';
import type { CompletionSource } from './source.ts';

/** `populate('posts.au` → `author`, `orderBy('-us` → `username`, `populate(` → `'posts'` */
export const paths: CompletionSource = (typing, typer) => {
  if (typing.kind !== 'string' && typing.kind !== 'name') return [];
  const isInQuotes = typing.kind === 'string';
  return alternatives(typer.expected(typing.node)).flatMap(wanted => {
    const found = pathsOf(wanted, isInQuotes ? typing.written : '', typer);
    return isInQuotes ? found : found.map(inQuotes);
  });
};

function inQuotes(found: Found): Found {
  return {
    ...found,
    get type() {
      return found.type;
    },
    text: `'${found.text}'`,
    distance: -1,
  };
}

function pathsOf(wanted: Type, written: string, typer: Typer): Found[] {
  if (wanted.kind !== 'named' || !/^(?:Relation|Path|Order)$/.test(wanted.name)) return [];
  // After the path an order has its direction.
  if (/\S\s/.test(written))
    return wanted.name === 'Order'
      ? ['asc', 'desc'].map(text => ({ text, kind: 'value', type: undefined, distance: 0 }))
      : [];
  const steps = written.replace(/^-/, '').split('.').slice(0, -1);
  return alternatives(wanted.of[0] ?? { kind: 'any' })
    .map(known)
    .flatMap(each => (each.kind === 'entity' ? entityAt(each.entity, steps, typer) : []))
    .flatMap(({ properties }) => properties)
    .filter(property => wanted.name !== 'Relation' || leadsToRelation(property, typer))
    .map(property => ({
      text: property.name,
      kind: property.kind === 'one' || property.kind === 'many' ? 'relation' : 'property',
      get type() {
        return showType(typeOfProperty(property, typer.context.session));
      },
      distance: 0,
    }));
}

/** The classes that a path leads to. */
function entityAt(
  start: EntityDescription,
  steps: readonly string[],
  { context }: Typer,
): EntityDescription[] {
  let at = [start];
  for (const step of steps)
    at = at.flatMap(description => {
      const property = propertyOf(description, step);
      const target = property ? alternatives(targetOf(property, context.session)) : [];
      return target.flatMap(each => (each.kind === 'entity' ? [each.entity] : []));
    });
  return at;
}

/** Whether a property is a relation, or embeds one. */
function leadsToRelation(property: PropertyDescription, { context }: Typer): boolean {
  if (property.kind !== 'embedded') return property.kind !== 'scalar';
  return alternatives(targetOf(property, context.session)).some(
    each =>
      each.kind === 'entity' && each.entity.properties.some(({ kind }) => kind === 'one' || kind === 'many'),
  );
}
