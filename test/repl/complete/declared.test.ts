import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collection, EntityRepository, Reference, ScalarReference } from '@mikro-orm/core';
import { ownCommands } from '../../../repl/commands/index.ts';
import {
  declarations,
  globalTypes,
  prototypes,
  typeFromText,
} from '../../../repl/complete/types/declared.ts';
import { openSession, type PropertyDescription, Query, type Session, User } from '../../../src/index.ts';
import { boxes } from '../../src/fixtures/boxes.ts';
import { everyKind } from '../../src/fixtures/every-kind.ts';
import { family } from '../../src/fixtures/family.ts';
import { harbor } from '../../src/fixtures/harbor.ts';
import { kinds } from '../../src/fixtures/kinds.ts';
import { parts } from '../../src/fixtures/parts.ts';
import { shop } from '../../src/fixtures/shop.ts';
import { library } from './library.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession({ url: 'sqlite::memory:' });
  await session.createAll();
});
afterAll(() => session.close());

/** The names that an object and its prototypes have, but for those of every object. */
function namesOf(object: object): string[] {
  const names: string[] = [];
  for (let one: unknown = object; one !== null && one !== Object.prototype; one = Object.getPrototypeOf(one))
    names.push(...Object.getOwnPropertyNames(one));
  return names;
}

function declared(name: string): string[] {
  return (declarations().get(name)?.members ?? []).map(member => member.name);
}

describe('what is declared for completion', () => {
  const objects: Readonly<Record<string, () => object>> = {
    Query: () => Query.prototype,
    Session: () => session,
    EntityManager: () => session.em,
    EntityRepository: () => session.em.getRepository(User),
    QueryBuilder: () => session.em.createQueryBuilder(User, 'u'),
    Collection: () => Collection.prototype,
    Reference: () => Reference.prototype,
    ScalarReference: () => ScalarReference.prototype,
    ChangeReport: () => session.pending,
    ...Object.fromEntries([...prototypes].map(([name, prototype]) => [name, () => prototype])),
    ...Object.fromEntries(
      [...globalTypes].map(([value, type]) => [
        type.kind === 'named' ? type.name : '',
        () => value as object,
      ]),
    ),
  };

  it.each(Object.keys(objects).filter(name => declarations().has(name)))('exists: %s', name => {
    const known =
      name === 'Error' ? ['stack', 'cause'] : name === 'Array' || name === 'string' ? ['length'] : [];
    expect(namesOf(objects[name]?.() ?? {}).concat(known)).toEqual(expect.arrayContaining(declared(name)));
  });

  it('is all of a query but what no one types', () => {
    const others = ['constructor', 'toString', 'toJSON', 'length', 'rebindTo'];
    const all = Object.getOwnPropertyNames(Query.prototype).filter(name => !others.includes(name));
    expect(declared('Query').toSorted()).toEqual(all.toSorted());
  });

  it('is all of a page and a report', async () => {
    const page = await session.query(User).paginate();
    expect(declared('Page')).toEqual(Object.keys(page));
    const report = await session.createAll();
    expect(declared('SchemaReport')).toEqual(Object.keys(report));
  });

  it('takes the options that paginate() takes', async () => {
    const options = Object.fromEntries(declared('PageOptions').map(name => [name, undefined]));
    await session.query(User).paginate(options);
    await expect(session.query(User).paginate({ other: 1 } as object)).rejects.toMatchObject({
      hint: `paginate() has ${declared('PageOptions').join(', ')}.`,
    });
  });

  it('has a repository for each class', () => {
    expect(session.em.getRepository(User)).toBeInstanceOf(EntityRepository);
  });

  it.each(ownCommands.filter(({ form }) => form !== 'dotted'))(
    'says what the command $name takes and returns',
    ({ type, usage }) => {
      const read = typeFromText(type ?? '');
      expect(read.kind).toBe('function');
      const parameters = read.kind === 'function' ? read.signature.parameters : [];
      // The usage shows an argument where there is a parameter.
      expect(parameters.some(({ isOptional }) => !isOptional)).toBe(
        /\([^')]/.test(usage) && !usage.startsWith('help'),
      );
    },
  );
});

describe('the operators that are offered', () => {
  const schemas: Readonly<Record<string, object>> = {
    library,
    kinds,
    parts,
    everyKind,
    shop,
    family,
    harbor: [...harbor],
    boxes: Object.values(boxes),
  };

  it.each(Object.keys(schemas))('are those that conditions take: %s', async name => {
    const opened = await openSession({ url: 'sqlite::memory:', entities: schemas[name] as [] });
    const refused: string[] = [];
    let count = 0;
    for (const entity of Object.values(opened.entities))
      for (const property of opened.describe(entity)?.properties ?? []) {
        if (property.kind === 'embedded') continue;
        for (const operator of property.operators) {
          count += 1;
          try {
            opened.query(entity).filter({ [property.name]: { [operator]: operandOf(operator, property) } });
          } catch (error) {
            const { code } = error as { code?: string };
            // Whether the value fits is another question.
            if (code !== 'InvalidValue' && code !== 'BadArgument')
              refused.push(`${entity.name}.${property.name} ${operator}: ${String(error)}`);
          }
        }
      }
    await opened.close();
    expect(refused).toEqual([]);
    expect(count).toBeGreaterThan(20);
  });
});

/** A value that an operator on a property takes. */
function operandOf(operator: string, { type, kind, items }: PropertyDescription): unknown {
  const one = items?.[0] ?? values[type] ?? (kind === 'one' ? null : 'a');
  if (operator === '$exists') return true;
  if (operator === '$size') return 1;
  if (/^\$(?:some|none|every)$/.test(operator)) return {};
  if (operator === '$not') return { $eq: one };
  if (/^\$(?:like|ilike|re)$/.test(operator)) return 'a';
  return /^\$n?in$/.test(operator) ? [one] : one;
}

const values: Readonly<Record<string, unknown>> = {
  boolean: true,
  number: 1,
  bigint: 1n,
  Date: new Date(0),
  'string[]': ['a'],
};
