import { type Kind, nullable, unknown } from './kinds.ts';

/** What is known of the entities that a Python session names. */
export type Models = Readonly<Record<string, Model>>;

export interface Model {
  readonly properties: Readonly<Record<string, Property>>;
}

interface Property {
  readonly kind: Kind;
  /** The columns that it is written to. */
  readonly columns: readonly string[];
  /** The class that a relation leads to. */
  readonly target?: string;
  readonly isMany?: boolean;
  /** Whether it is the primary key. */
  readonly isKey?: boolean;
}

/** The property that Python's name means: itself, in camel case, or the relation with this column. */
export function propertyNamed(model: Model, name: string): string | undefined {
  const camel = camelCase(name);
  const { properties } = model;
  if (Object.hasOwn(properties, name)) return name;
  if (Object.hasOwn(properties, camel)) return camel;
  return Object.entries(properties).find(([, { columns }]) => columns.includes(name))?.[0];
}

/** What an attribute of this name holds, whichever entity has it. */
export function kindOfAttribute(models: Models, name: string): Kind {
  const kinds = Object.values(models).flatMap(model => {
    const found = propertyNamed(model, name);
    return found === undefined ? [] : [model.properties[found]?.kind ?? unknown];
  });
  const [first = unknown] = kinds;
  return kinds.every(kind => JSON.stringify(kind) === JSON.stringify(first))
    ? first
    : kinds.every(kind => kind.is === first.is)
      ? nullable(first)
      : unknown;
}

export function camelCase(name: string): string {
  return name.replaceAll(/(?<=[^_])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
