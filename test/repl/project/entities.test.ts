import { beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../support/program.ts';
import { writeProject } from '../../support/written-project.ts';

const config = `import { defineConfig, defineEntity, EntitySchema, p } from '@mikro-orm/sqlite';
const id = p.integer().primary();
const Base = defineEntity({ name: 'Base', abstract: true, properties: { id } });
const Money = defineEntity({ name: 'Money', embeddable: true, properties: { amount: p.integer() } });
const Account = defineEntity({ name: 'Account', extends: Base, properties: { money: () => p.embedded(Money) } });
const Animal = defineEntity({
  name: 'Animal', abstract: true, discriminatorColumn: 'kind',
  properties: { id, kind: p.string(), name: p.string() },
});
const Dog = defineEntity({ name: 'Dog', extends: Animal, discriminatorValue: 'dog', properties: { age: p.integer().nullable() } });
class Person { constructor(name) { this.name = name; } }
const PersonSchema = new EntitySchema({ class: Person, properties: { id: { type: 'integer', primary: true }, name: { type: 'string' } } });
const Names = defineEntity({ name: 'Names', expression: 'select name from animal', properties: { name: p.string() } });
const taken = ['Event', 'query', 'session', 'entities', 'my-thing'].map(name => defineEntity({ name, properties: { id } }));
export default defineConfig({
  dbName: ':memory:',
  entities: [Base, Money, Account, Animal, Dog, PersonSchema, Names, ...taken],
});`;
let cwd: string;

beforeAll(async () => {
  cwd = await writeProject({ 'mikro-orm.config.js': config });
});

async function answers(...lines: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await run({ input: ['createAll()', ...lines].join('\n'), cwd });
  return `${stdout}${stderr}`.trimEnd().split('\n').slice(1);
}

describe('entities at the prompt', () => {
  it('lists all, with the tables that they are in', async () => {
    expect(await answers('entities()')).toEqual([
      'Account   account             2 properties',
      'Animal    animal              4 properties',
      'Dog       animal (of Animal)  4 properties',
      'entities  entities            1 property',
      'Event     event               1 property',
      'my-thing  my-thing            1 property',
      'Names     no table            1 property',
      'Person    person              2 properties',
      'query     query               1 property',
      'session   session             1 property',
    ]);
  });

  it('leaves names that are taken to the shell, and those of browsers to the entities', async () => {
    expect(
      await answers(
        'query(Dog).count()',
        'session.constructor.name',
        'Event.query.count()',
        'Event === entities.Event',
        "entities['my-thing'].query.count()",
        'entities.session.query.count()',
      ),
    ).toEqual(['0', "'Session'", '0', 'true', '0', '0']);
  });

  it('knows embeddables as classes, and abstract ones not at all', async () => {
    expect(
      await answers(
        'add(new Account({ money: new Money({ amount: 3 }) }))',
        'commit()',
        'Account.query.first().money.amount',
        'Money.query',
        'typeof Base',
      ),
    ).toEqual(['committed 1 new (Account)', '3', "'undefined'"]);
  });

  it('queries a table that entities share through its root', async () => {
    expect(
      await answers(
        "add(new Dog({ name: 'Rex', age: 3 }))",
        'commit()',
        'Animal.query.first().age',
        'Names.query.first().name',
      ),
    ).toEqual(['committed 1 new (Dog)', '3', "'Rex'"]);
  });

  it('gives a class its fields where its constructor takes nothing, and lets one that takes some have its own way', async () => {
    expect(
      await answers(
        "new Person('Ann').name",
        "new Dog({ name: 'Rex' }).name",
        'new Dog() instanceof Dog',
        'new Dog({}).constructor === Dog',
        "new Dog({ nme: 'Rex' })",
      ),
    ).toEqual([
      "'Ann'",
      "'Rex'",
      'true',
      'true',
      "Uncaught UnknownProperty: Dog has no property 'nme'; did you mean 'name'?",
      'Dog has id, kind, name, age.',
      '    at stdin:6',
    ]);
  });
});
