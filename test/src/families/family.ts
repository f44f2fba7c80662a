import { Collection, defineEntity, type EntityClass, p } from '@mikro-orm/core';
import { kinds } from './kinds.ts';
import { type Classes, type Kind, Place, Span, type Subject, type Target } from './kinds/kind.ts';

const place = defineEntity({ name: 'Place', embeddable: true, properties: { city: p.string() } });
place.setClass(Place);
const span = defineEntity({ name: 'Span', embeddable: true, properties: { since: p.datetime(3) } });
span.setClass(Span);

/** A class with properties of some kinds, and the class that their relations lead to. */
export interface Family {
  readonly names: readonly string[];
  /** The table of the subject; that of the targets has this name with `target` after it. */
  readonly table: string;
  readonly Subject: new (name: string) => Subject;
  readonly Target: new (name: string, code: string) => Target;
}

function makeFamily(title: string, names: readonly string[]): Family {
  const chosen = names.map(name => [name, kinds[name] as Kind] as const);
  const lists = names.filter(name => name === 'parts' || name === 'tags');
  const classes: { Subject: Family['Subject']; Target: Family['Target'] } = {
    Subject: class {
      declare id: number;
      declare note: string;
      declare name: string;

      constructor(name?: string) {
        if (name !== undefined) Object.assign(this, { name, note: 'n0' });
        for (const list of lists) Reflect.set(this, list, new Collection(this));
      }
    },
    Target: class {
      declare id: number;
      declare name: string;
      declare code: string;

      constructor(name?: string, code?: string) {
        if (name !== undefined) Object.assign(this, { name, code });
        if (lists.includes('tags')) Reflect.set(this, 'samples', new Collection(this));
      }
    },
  };
  const both: Classes = { subject: () => classes.Subject, target: () => classes.Target };
  Object.defineProperty(classes.Subject, 'name', { value: title });
  Object.defineProperty(classes.Target, 'name', { value: `${title}Target` });
  const isPrimary = chosen.some(([, kind]) => kind.primary);
  const common = { name: p.string().unique(), ...(isPrimary ? {} : { id: p.integer().primary() }) };
  const properties = Object.assign(
    { ...common, note: p.string() },
    ...chosen.map(([, kind]) => kind.besides?.(both)),
    Object.fromEntries(chosen.map(([name, kind]) => [name, kind.property(both)])),
  ) as never;
  defineEntity({ name: title, tableName: title.toLowerCase(), properties }).setClass(
    classes.Subject as never,
  );
  const other = Object.assign(
    { id: p.integer().primary(), name: p.string(), code: p.string().unique() },
    ...chosen.map(([, kind]) => kind.otherSide?.(both)),
  ) as never;
  defineEntity({
    name: `${title}Target`,
    tableName: `${title.toLowerCase()}target`,
    properties: other,
  }).setClass(classes.Target as never);
  return { names, table: title.toLowerCase(), ...classes };
}

const title = (name: string) => `With${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** A class for each kind, by the name of the kind. */
export const families: ReadonlyMap<string, Family> = new Map(
  Object.keys(kinds).map(name => [name, makeFamily(title(name), [name])]),
);

/** Classes with several kinds each; no class has two kinds of keys. */
export const mixed: readonly Family[] = [
  ['plain', 'lazy', 'json', 'one'],
  ['lazyJson', 'date', 'tags', 'secret'],
  ['lazyDate', 'bytes', 'seat', 'badge'],
  ['choice', 'big', 'stored', 'parts'],
  ['huge', 'exact', 'places', 'guide'],
  ['formula', 'inlineSpan', 'inline', 'code'],
  ['lazyFormula', 'storedSpan', 'counted', 'position'],
  ['preset', 'spans', 'marked', 'half'],
].map((names, index) => makeFamily(`Mixed${index}`, names));

/** Everything that a session on them needs. */
export const entities: readonly EntityClass<object>[] = [
  Place,
  Span,
  ...[...families.values(), ...mixed].flatMap(({ Subject, Target }) => [Subject, Target]),
];
