import { describe, expect, it } from '@jest/globals';
import { Utils } from '@mikro-orm/core';
import { defineConfig, SqliteConnection, SqliteDriver } from '@mikro-orm/sqlite';
import { readFile } from 'node:fs/promises';
import { openSession } from '../../../src/index.ts';
import { contract } from '../../../src/mikro-orm/contract.ts';
import { version } from '../../../src/version.ts';

type Configuration = ConstructorParameters<typeof SqliteDriver>[0];

/** A session with a driver that was changed, on a database in memory. */
const openWith = (change: (driver: SqliteDriver, configuration: Configuration) => unknown) =>
  openSession({
    config: {
      ...defineConfig({ dbName: ':memory:', entities: [], discovery: { warnWhenNoEntities: false } }),
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
      sentence('AbstractSqlConnection.createKyselyDialect behaves otherwise'),
    );
  });

  it('is refused where the replicas are elsewhere', async () => {
    const opening = openWith(driver => Reflect.set(driver, 'replicas', [driver.getConnection()]));
    await expect(opening).rejects.toMatchObject(sentence('DatabaseDriver.replicas behaves otherwise'));
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
