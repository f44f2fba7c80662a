import { describe, expect, it } from '@jest/globals';
import { Hydrator, Utils } from '@mikro-orm/core';
import { defineConfig, MikroORM, SqliteConnection, SqliteDriver } from '@mikro-orm/sqlite';
import { readFile } from 'node:fs/promises';
import { openSession } from '../../../src/index.ts';
import { classTablesContract } from '../../../src/mikro-orm/class-tables-contract.ts';
import { collectionContract } from '../../../src/mikro-orm/collection-contract.ts';
import { contract } from '../../../src/mikro-orm/contract.ts';
import { entityContract } from '../../../src/mikro-orm/entity-contract.ts';
import { flushContract } from '../../../src/mikro-orm/flush-contract.ts';
import { unitOfWorkContract } from '../../../src/mikro-orm/unit-of-work-contract.ts';
import { version } from '../../../src/version.ts';
import { boxes } from '../fixtures/boxes.ts';

type Configuration = ConstructorParameters<typeof SqliteDriver>[0];

/** A session with a driver that was changed, on a database in memory. */
const openWith = (change: (driver: SqliteDriver, configuration: Configuration) => unknown) =>
  openSession({
    config: {
      ...defineConfig({ dbName: ':memory:', entities: Object.values(boxes) }),
      driver: class extends SqliteDriver {
        constructor(configuration: Configuration) {
          super(configuration);
          change(this, configuration);
        }
      },
    },
  });

const sentence = (what: string) => ({
  name: 'UnsupportedVersion',
  message: `mikroscope 0.1 knows MikroORM 7.0 to 7.2; this is ${Utils.getORMVersion()}: ${what}`,
  hint: 'Use a MikroORM that it knows, or look for a newer mikroscope.',
});

describe('a MikroORM that mikroscope does not know', () => {
  it('is refused where a method is missing', async () => {
    const opening = openWith(driver => Reflect.set(driver.getConnection(), 'createKyselyDialect', undefined));
    await expect(opening).rejects.toMatchObject(
      sentence('AbstractSqlConnection.createKyselyDialect is missing'),
    );
  });

  it('is refused where a connection is not opened with what createKyselyDialect gives', async () => {
    class Otherwise extends SqliteConnection {
      override createKysely(): void | Promise<void> {
        Reflect.deleteProperty(this, 'createKyselyDialect');
        return super.createKysely();
      }
    }
    const opening = openWith((driver, configuration) =>
      Reflect.set(driver, 'connection', new Otherwise(configuration)),
    );
    await expect(opening).rejects.toMatchObject(
      sentence('AbstractSqlConnection.createKyselyDialect behaves differently'),
    );
  });

  it('is refused where the replicas are elsewhere', async () => {
    const opening = openWith(driver => Reflect.set(driver, 'replicas', [driver.getConnection()]));
    await expect(opening).rejects.toMatchObject(sentence('DatabaseDriver.replicas behaves differently'));
  });
});

describe('a MikroORM whose entities are otherwise', () => {
  const orm = new MikroORM({ dbName: ':memory:', entities: Object.values(boxes) });
  const methods = [
    ...entityContract,
    ...unitOfWorkContract,
    ...flushContract,
    ...collectionContract,
    ...classTablesContract,
  ]
    .filter(({ kind }) => kind !== 'property')
    .map(reliance => [reliance.member, reliance] as const);

  it.each(methods)('is refused without %s', async (member, { on }) => {
    const name = member.slice(member.indexOf('.') + 1);
    let owner: object = on(orm) ?? {};
    while (!Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as object;
    const method = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    Reflect.deleteProperty(owner, name);
    try {
      // Where MikroORM uses the method itself, something else behaves differently first.
      await expect(openWith(() => {})).rejects.toMatchObject({ name: 'UnsupportedVersion' });
    } finally {
      Object.defineProperty(owner, name, method);
    }
    await (await openWith(() => {})).close();
  });

  it('is refused where a row that is read looks like an assignment', async () => {
    const method = Object.getOwnPropertyDescriptor(Hydrator.prototype, 'isRunning') ?? {};
    Object.defineProperty(Hydrator.prototype, 'isRunning', { ...method, value: () => false });
    try {
      await expect(openWith(() => {})).rejects.toMatchObject(
        sentence('Hydrator.isRunning behaves differently'),
      );
    } finally {
      Object.defineProperty(Hydrator.prototype, 'isRunning', method);
    }
  });
});

it('says of every member what is relied on, in a sentence', () => {
  for (const { member, relied } of contract)
    expect([member, relied]).toEqual([member, expect.stringMatching(/^[A-Z].*\.$/)]);
  expect(new Set(contract.map(({ member }) => member)).size).toBe(contract.length);
});

it('has the version of the package', async () => {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ version });
});
