import { afterAll, beforeAll } from '@jest/globals';
import { mortalPostgres } from '../../../support/mortal-postgres.ts';
import type { MortalServer } from '../../../support/mortal-server.ts';
import { smallDisk } from '../../../support/small-disk.ts';
import {
  beside as besideOn,
  type Fault,
  lost,
  rows as rowsOf,
  testFaults,
  testLostAnswers,
} from './faults.ts';

let server: MortalServer;
/** Where the tables are, if there can be such a disk. */
const disk = smallDisk('postgres');

beforeAll(async () => {
  server = await mortalPostgres('max_connections=12', 'superuser_reserved_connections=3');
  if (disk === undefined) return;
  await rows(`create tablespace small location '${disk.folder}'`);
  await rows('alter role postgres set default_tablespace = small');
});
afterAll(async () => {
  await server.drop();
  disk?.drop();
});

const rows = (sql: string) => rowsOf(server.url, sql);
const beside = (sql: string) => besideOn(server.url, sql);

const endOthers = () =>
  rows(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

const faults: Record<string, Fault> = {
  'its connections are terminated': {
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
    // Its processes go on until they notice.
    says: { idle: ['committed', ...lost], open: ['committed', ...lost] },
  },
  'a row is locked for longer than is waited': {
    happens: async session => {
      await session.em.execute("set lock_timeout = '50ms'");
      return beside(`lock table "post"`);
    },
    says: { idle: ['DatabaseBusy'], open: ['DatabaseBusy'] },
  },
  'statements take longer than they may': {
    happens: async session => {
      await session.em.execute("set statement_timeout = '50ms'");
      return beside(`lock table "post"`);
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
  'it takes no more writes': {
    happens: async session => {
      await session.em.execute('set default_transaction_read_only = on; set transaction_read_only = on');
      return () => session.em.execute('set default_transaction_read_only = off');
    },
    says: { idle: ['ReadOnly'], open: ['ReadOnly'] },
  },
  'a transaction may not idle': {
    happens: async session => {
      await session.em.execute("set idle_in_transaction_session_timeout = '100ms'");
      await rows('select pg_sleep(0.3)');
    },
    says: { idle: ['committed'], open: lost },
  },
  'a connection may not idle': {
    happens: async session => {
      await session.em.execute("set idle_session_timeout = '100ms'");
      await rows('select pg_sleep(0.3)');
    },
    says: { idle: ['committed', ...lost], open: ['committed'] },
  },
  ...(disk && {
    'its disk is full': {
      async happens() {
        disk.fill();
        return () => disk.free();
      },
      says: { idle: ['DatabaseError'], open: ['DatabaseError'] },
    },
  }),
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

testFaults(
  'PostgreSQL',
  () => server,
  () => rows('drop schema public cascade; create schema public'),
  faults,
);

testLostAnswers(
  'PostgreSQL',
  () => server,
  () => rows('drop schema public cascade; create schema public'),
);
