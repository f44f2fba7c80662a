import type { EntityDescription, PropertyDescription, Session } from '../../../src/index.ts';
import { typeOfProperty } from '../../complete/types/property-type.ts';
import { writeType } from './write-type.ts';

const aName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The classes of a session that have the names of classes. */
export function describedClasses(session: Session): readonly EntityDescription[] {
  return Object.values({ ...session.embeddables, ...session.entities })
    .map(each => session.describe(each))
    .filter(each => each !== undefined)
    .filter(({ name }) => aName.test(name));
}

/** Declares the classes of a session, as metadata and the classes themselves have them. */
export function declareEntities(session: Session): string {
  return describedClasses(session)
    .map(entity => declareClass(entity, session))
    .join('\n');
}

function declareClass(entity: EntityDescription, session: Session): string {
  const { name, isEmbeddable, properties } = entity;
  const known = new Set([...properties.map(each => each.name), 'constructor', 'toJSON']);
  const isFresh = (each: string) => !known.has(each) && !(each in Object.prototype) && aName.test(each);
  const prototype = Object.getOwnPropertyDescriptor(entity.class, 'prototype')?.value as object | undefined;
  return [
    `export declare class ${name} {`,
    constructorOf(entity),
    ...(isEmbeddable ? [] : [`  static query: Query<${name}>;`]),
    ...Object.getOwnPropertyNames(entity.class)
      .filter(each => aName.test(each) && !/^(?:length|name|prototype|query)$/.test(each))
      .map(each => `  static ${each}: any;`),
    ...properties.map(property => declareProperty(property, session)),
    '  toJSON(): any;',
    ...inherited(prototype)
      .filter(isFresh)
      .map(each => `  ${each}: any;`),
    '}',
  ].join('\n');
}

/** One that takes the fields has no names for them. */
function constructorOf({ name, parameters, class: { length } }: EntityDescription): string {
  const takesFields = length <= 1 && parameters.length <= 1;
  return takesFields ? `  constructor(fields?: Fields<${name}>);` : '  constructor(...values: any[]);';
}

/** What is assigned may be of another type than what is read: a list in place of a collection, a text in place of a date. */
function declareProperty(property: PropertyDescription, session: Session): string {
  const name = JSON.stringify(property.name);
  // An object of the class may be one of a subclass.
  const type = property.isOfSubclass ? 'any' : writeType(typeOfProperty(property, session));
  return `  get ${name}(): ${type}; set ${name}(value: Given<${type}>);`;
}

/** The names of methods and accessors, which are not looked into. */
function inherited(prototype: object | null | undefined): string[] {
  if (!prototype || prototype === Object.prototype) return [];
  // MikroORM's own begin with underscores.
  const own = Object.getOwnPropertyNames(prototype).filter(name => !name.startsWith('__'));
  return [...new Set([...own, ...inherited(Object.getPrototypeOf(prototype) as object | null)])];
}
