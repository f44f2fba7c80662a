import { afterAll, beforeAll, describe } from '@jest/globals';
import { hasMariadb, mortalMariadb } from '../../../support/mortal-mariadb.ts';
import type { MortalServer } from '../../../support/mortal-server.ts';
import {
  beside as besideOn,
  type Fault,
  lost,
  rows as rowsOf,
  testFaults,
  testLostAnswers,
} from './faults.ts';

let server: MortalServer;

const rows = (sql: string) => rowsOf(server.url, sql);
const beside = (sql: string) => besideOn(server.url, sql);

async function endOthers(): Promise<void> {
  const others = await rows(
    "select id from information_schema.processlist where db = 'test' and id <> connection_id()",
  );
  for (const { id } of others) await rows(`kill connection ${String(id)}`);
}

const faults: Record<string, Fault> = {
  'its connections are killed': {
    happens: endOthers,
    // Whether it has heard of it depends on the moment.
    says: { idle: ['committed', ...lost], open: lost },
  },
  'it is stopped': {
    happens: async () => {
      await server.stop();
      return () => server.start();
    },
    says: { idle: lost, open: lost },
  },
  'it is killed': {
    happens: async () => {
      await server.kill();
      return () => server.start();
    },
    says: { idle: lost, open: lost },
  },
  'a row is locked for longer than is waited': {
    happens: async session => {
      await session.em.execute('set innodb_lock_wait_timeout = 1');
      return beside('select * from post for update');
    },
    says: { idle: ['DatabaseBusy'], open: ['DatabaseBusy'] },
  },
  'statements take longer than they may': {
    happens: async session => {
      await session.em.execute('set max_statement_time = 0.2');
      return beside('select * from post for update');
    },
    says: { idle: ['DatabaseError'], open: ['DatabaseError'] },
  },
  'it takes no more connections': {
    happens: async () => {
      const others: (() => Promise<void>)[] = [];
      await endOthers();
      for (;;)
        try {
          others.push(await beside('select 1'));
        } catch {
          break;
        }
      return () => Promise.all(others.map(end => end()));
    },
    says: { idle: ['DatabaseBusy', ...lost], open: lost },
  },
  'a connection may not idle': {
    happens: async session => {
      await session.em.execute('set wait_timeout = 1');
      await rows('do sleep(1.5)');
    },
    says: { idle: ['committed', ...lost], open: lost },
  },
  'the network is gone': {
    happens: async (_, proxy) => {
      proxy.cut();
      return () => proxy.mend();
    },
    says: { idle: lost, open: lost },
  },
  'the network goes while an answer is waited for': {
    happens: async (_, proxy) => {
      proxy.cutAnswer();
      return () => proxy.mend();
    },
    says: { idle: lost, open: lost },
  },
};

const group = hasMariadb ? describe : describe.skip;
group('faults of MariaDB', () => {
  beforeAll(async () => {
    server = await mortalMariadb('max-connections=8');
  });
  afterAll(() => server.drop());

  testFaults(
    'MariaDB',
    () => server,
    () => rows('drop table if exists post, user'),
    faults,
  );

  testLostAnswers(
    'MariaDB',
    () => server,
    () => rows('drop table if exists post, user'),
  );
});
