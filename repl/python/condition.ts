import { keyOf, objectOf } from './code.ts';
import { Refusal } from './refusal.ts';

/** A condition on the rows of a query. */
export type Condition =
  | { readonly kind: 'test'; readonly entity: string; readonly name: string; readonly value: string }
  | { readonly kind: 'named'; readonly entity: string; readonly ts: string }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };

/** Where the properties of a class are found from the rows of a query; undefined where they are not. */
export type Place = (entity: string) => readonly string[] | undefined;

/** The condition as MikroORM takes it. @throws Refusal for a class that the query has not joined */
export function writeCondition(condition: Condition, place: Place): string {
  switch (condition.kind) {
    case 'test': {
      const path = pathTo(condition.entity, place);
      return objectOf(nest([...path, condition.name], condition.value));
    }
    case 'named':
      return pathTo(condition.entity, place).reduceRight(
        (inner, name) => `{ ${keyOf(name)}: ${inner} }`,
        condition.ts,
      );
    case 'not':
      return `{ $not: ${writeCondition(condition.of, place)} }`;
    case 'or':
      return `{ $or: [${condition.of.map(each => writeCondition(each, place)).join(', ')}] }`;
    case 'and': {
      const tests = condition.of.flatMap(each => (each.kind === 'test' ? [each] : []));
      const places = tests.map(each => [...pathTo(each.entity, place), each.name][0]);
      const canMerge = tests.length === condition.of.length && new Set(places).size === tests.length;
      if (!canMerge) return `{ $and: [${condition.of.map(each => writeCondition(each, place)).join(', ')}] }`;
      return objectOf(tests.flatMap(each => nest([...pathTo(each.entity, place), each.name], each.value)));
    }
  }
}

function nest([first = '', ...rest]: readonly string[], value: string): [string, string][] {
  return [[first, rest.reduceRight((inner, name) => `{ ${keyOf(name)}: ${inner} }`, value)]];
}

function pathTo(entity: string, place: Place): readonly string[] {
  const path = place(entity);
  if (path) return path;
  throw new Refusal(
    `${entity} is not joined to this query by one relation`,
    `filter({ relation: { property: … } })`,
  );
}

/** The classes that a condition is about. */
export function entitiesOf(condition: Condition): readonly string[] {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.of.flatMap(entitiesOf);
  if (condition.kind === 'not') return entitiesOf(condition.of);
  return condition.kind === 'test' || condition.kind === 'named' ? [condition.entity] : [];
}

/** Several conditions that must all be met. */
export function allOf(conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap(each => (each.kind === 'and' ? each.of : [each]));
  const [first] = flat;
  return flat.length === 1 && first ? first : { kind: 'and', of: flat };
}
