import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSession } from '../../src/index.ts';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';
import { proxyTo } from '../support/proxy.ts';
import { createDatabase, everyDialect, type TestDatabase } from '../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const corey = "new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })";
const ofCorey = "username = 'Corey'";

/** What servers say of what they run for others on this database, and how they wait. */
const servers = {
  postgresql: {
    running: `select query as text, wait_event_type = 'Lock' as waits from pg_stat_activity where datname = current_database()
      and state = 'active' and pid <> pg_backend_pid() and query not like '%pg_cancel_backend%'`,
    connections:
      'select pid, query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    lock: (table: string) => `lock table "${table}" in access exclusive mode`,
    unlock: 'select 1',
    sleep: (seconds: number) => `select pg_sleep(${seconds})`,
    user: '"user"',
  },
  mysql: {
    running: `select info as text, state in ('updating', 'Updating', 'Update', 'User lock') or state like 'Waiting%' as waits from information_schema.processlist
      where db = database() and info is not null and id <> connection_id()`,
    connections:
      'select id, info from information_schema.processlist where db = database() and id <> connection_id()',
    lock: (table: string) => `lock tables ${table} write`,
    unlock: 'unlock tables',
    sleep: (seconds: number) => `select sleep(${seconds})`,
    user: '`user`',
  },
};

/** What a client of PostgreSQL says as it leaves. */
const goodbye = Buffer.from('X\0\0\0\u0004', 'latin1');

/** What the server says as it ends a connection. */
const endedByAdministrator = Buffer.from('E\0\0\0\u001aSFATAL\0C57P01\0Mended\0\0', 'latin1');

for (const { dialect, skipped } of everyDialect) {
  if (['sqlite', 'libsql', 'pglite'].includes(dialect)) continue;
  const group = skipped === '' ? describe : describe.skip;
  group(`Ctrl-C while ${dialect} runs something ${skipped}`, () => {
    const server = servers[dialect === 'postgresql' ? 'postgresql' : 'mysql'];
    const { user } = server;

    let database: TestDatabase;
    let shell: Shell;
    /** Another session, which holds a lock. */
    let other: Session;
    let watching: Session;

    beforeEach(async () => {
      database = await createDatabase(dialect);
      const session = await openSession({ url: database.url });
      shell = new Shell({ session, console, load: name => import(name) });
      other = await openSession({ url: database.url });
      watching = await openSession({ url: database.url, entities: [] });
      await shell.respond(`createAll(); add(${corey}); commit()`);
      await shell.respond('u = User.query.one(); u.email');
      await shell.respond('rollback()');
    });

    afterEach(async () => {
      await other.close();
      await shell.session.close();
      let left: unknown[];
      // MySQL and MariaDB list a connection for a moment after they have closed it.
      do left = await watching.em.execute(server.connections);
      while (dialect !== 'postgresql' && left.length > 0);
      await watching.close();
      await database.drop();
      if (left.length > 0) throw new Error(`Left behind: ${JSON.stringify(left)}`);
    });

    /** Begins a transaction elsewhere that holds what the SQL has changed. */
    async function lock(sql: string): Promise<void> {
      await other.em.begin();
      await other.em.execute(sql);
    }

    /** Keeps others from reading a table while something is done. */
    async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
      return other.em.fork().transactional(async em => {
        await em.execute(server.lock(table));
        try {
          return await work();
        } finally {
          await em.execute(server.unlock);
        }
      });
    }

    /** What the server runs for this session. */
    async function running(): Promise<
      readonly { readonly text: string; readonly waits: boolean | number }[]
    > {
      return watching.em.execute(server.running);
    }

    /**
     * Types a line, and presses Ctrl-C when the server waits with it.
     *
     * @param what which of its statements is to wait
     * @returns what is printed
     */
    async function interrupted(line: string, what = /./): Promise<string | undefined> {
      const answer = shell.respond(line);
      const waits = (each: { text: string; waits: boolean | number }) =>
        (each.waits || each.text.includes('sleep')) && what.test(each.text);
      while (!(await running()).some(waits)) continue;
      expect(shell.interrupt()).toBe(true);
      const shown = render(await answer, { width: 80, color: false });
      // The server tells the client of the end, and then ends it.
      while ((await running()).some(each => each.waits || each.text.includes('sleep'))) continue;
      return shown;
    }

    async function shows(line: string): Promise<string | undefined> {
      return render(await shell.respond(line), { width: 80, color: false });
    }

    it.each([
      ['an update', `em.nativeUpdate(User, { username: 'Corey' }, { email: 'x' })`],
      ['an update in an async function', `(async () => em.nativeUpdate(User, {}, { email: 'x' }))()`],
      ['SQL', `em.execute(${JSON.stringify(`update ${user} set email = 'x'`)})`],
      ['a loop', `for (;;) em.nativeUpdate(User, {}, { email: 'x' })`],
      [
        'a loop over rows',
        `for (const each of User.query) em.nativeUpdate(User, { id: each.id }, { email: 'x' })`,
      ],
      ['a callback', `[1, 2].map(n => em.nativeUpdate(User, {}, { email: 'x' + n }))`],
      [
        'several at once',
        `Promise.all([1, 2].map(n => em.fork().nativeUpdate(User, {}, { email: 'x' + n })))`,
      ],
      ['nested()', `nested(() => { User.query.update({ email: 'x' }) })`],
      ['update()', `User.query.update({ email: 'x' })`],
      ['delete()', `User.query.delete()`],
      ['a transaction of its own', `em.transactional(em => em.nativeUpdate(User, {}, { email: 'x' }))`],
      ['Kysely', `em.getKysely().updateTable('user').set({ email: 'x' }).execute()`],
      ['a query builder', `em.createQueryBuilder(User).update({ email: 'x' }).execute()`],
      [
        'the flush of a fork',
        `f = em.fork(); f.persist(f.create(User, { username: 'Corey', email: 'x', password: 'p' })); f.flush()`,
      ],
      [
        'what the statement has no answer of',
        `new Promise(() => { em.nativeUpdate(User, {}, { email: 'x' }).catch(() => 0) })`,
      ],
      [
        'an error that is caught',
        `try { em.nativeUpdate(User, {}, { email: 'x' }) } catch {}; em.nativeUpdate(User, {}, { email: 'y' })`,
      ],
    ])('46: cancels %s, which writes nothing later', async (_, line) => {
      await lock(`update ${user} set password = 'q'`);
      expect(await interrupted(line)).toBe('Interrupted\nCancelled on the server: it wrote nothing.');
      await other.em.rollback();
      expect(await shows('User.query.one().email')).toBe("'c@demo.com'");
    });

    it.each([
      ['a list by its name', 'post', 'u.posts'],
      ['a part of a list', 'post', 'u.posts.length'],
      ['a loop over a list', 'post', 'for (const each of u.posts) each'],
      ['lists of several', 'post', 'User.query.all().map(each => each.posts.length)'],
      ['a field of what has expired', 'user', 'u.email'],
      ['refresh()', 'user', 'refresh(u)'],
      ['merge()', 'user', `merge(new User({ id: 1, username: 'Corey', email: 'x', password: 'p' }))`],
      ['get()', 'user', 'get(User, 2)'],
      ['a query', 'user', 'User.query.all()'],
      ['a loop over a query', 'user', 'for (const each of User.query) each'],
      ['a stream', 'user', 'for await (const each of em.stream(User)) each'],
    ])('46: cancels the reading of %s, which the next line does again', async (_, table, line) => {
      const shown = await whileLocked(table, () => interrupted(line));
      expect(shown).toBe('Interrupted\nCancelled on the server: it wrote nothing.');
      expect(String(await shows(line))).not.toMatch(/Uncaught|Interrupted/);
    });

    const inserted = JSON.stringify(
      `insert into post (title, content, date_posted) values ('a', 'b', current_timestamp)`,
    );
    const post = `{ title: 'a', content: 'b', datePosted: new Date() }`;

    it.each([
      ['SQL', `em.execute(${inserted})`],
      ['SQL of a fork', `em.fork().execute(${inserted})`],
      ['a transaction of its own', `em.transactional(em => { em.execute(${inserted}) })`],
      ['the flush of a fork', `f = em.fork(); f.persist(f.create(Post, ${post})); f.flush()`],
      ['em.insert()', `em.insert(Post, ${post})`],
      ['commit()', `add(new Post(${post})); commit()`],
      ['commit() of what SQL wrote', `em.begin(); em.execute(${inserted}); commit()`],
    ])('46: says that %s had written before', async (_, line) => {
      await lock(`update ${user} set password = 'q'`);
      expect(await interrupted(`${line}; em.nativeUpdate(User, {}, { email: 'x' })`, /^update/i)).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed.',
      );
      expect(await other.em.fork().execute('select title from post')).toEqual([{ title: 'a' }]);
    });

    it('46: sends nothing later of what was waiting for a connection', async () => {
      if (dialect !== 'postgresql') return;
      await other.em.execute(
        'create sequence logins; create function slow_login() returns event_trigger language plpgsql as ' +
          "$$ begin if nextval('logins') = 1 then perform pg_sleep(1); end if; end $$;" +
          'create event trigger slow on login execute function slow_login()',
      );
      await lock(`update ${user} set password = 'q'`);
      const line = `Promise.all([1, 2].map(n => em.fork().nativeUpdate(User, {}, { email: 'x' + n })))`;
      expect(await interrupted(line)).toBe('Interrupted\nCancelled on the server: it wrote nothing.');
      await other.em.rollback();
      expect(await shows("em.execute('select pg_sleep(1.5)').length")).toBe('1');
      expect(await shows('User.query.one().email')).toBe("'c@demo.com'");
    });

    it.each([
      ['do', 'do sleep(60)'],
      ['a query', 'select benchmark(1000000000, md5(1)) /* sleep */'],
      ['a lock', "select get_lock('name', 60)"],
    ])('46: says that %s ended without an error', async (_, sql) => {
      if (dialect !== 'mariadb') return;
      await other.em.transactional(async em => {
        await em.execute("select get_lock('name', 0)");
        expect(await interrupted(`em.execute(${JSON.stringify(sql)})`, /^(do|select)/)).toBe(
          'Interrupted\nThe server was asked to cancel it, and ended it without an error: it wrote nothing itself.',
        );
        await em.execute("select release_lock('name')");
      });
    });

    it('46: says that what handles its end has written', async () => {
      if (dialect !== 'mariadb') return;
      const code = `begin not atomic do sleep(60); ${JSON.parse(inserted)}; end`;
      const quietly =
        'Interrupted\nThe server was asked to cancel it, and ended it without an error: what it wrote';
      const line = `em.execute(${JSON.stringify(code)})`;
      expect(await interrupted(line)).toBe(`${quietly} until then is written.`);
      expect(await shows('Post.query.count()')).toBe('1');
      await shows("add(new User({ username: 'Dora', email: 'd', password: 'p' }))");
      expect(await interrupted(line)).toBe(`${quietly} until then is written, and the rest is still staged.`);
      await shows('flush()');
      expect(await interrupted("em.execute('do sleep(60)')")).toBe(
        `${quietly} until then is in the transaction, which goes on.`,
      );
      expect(await shows('commit()')).toBe('committed 1 new (User)');
    });

    it('46: says that code of the server may have written before', async () => {
      if (dialect !== 'postgresql') return;
      const code = `do $$ begin ${JSON.parse(inserted)}; commit; perform pg_sleep(60); end $$`;
      expect(await interrupted(`em.execute(${JSON.stringify(code)})`)).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed.',
      );
    });

    it('46: says what a commit that is cancelled loses', async () => {
      if (dialect !== 'postgresql') return;
      await other.em.execute(
        'create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$;' +
          'create constraint trigger late after insert on post deferrable initially deferred for each row execute function slow()',
      );
      await shell.respond(`User.query.update({ email: 'x' }); add(new Post(${post})); flush()`);
      const answer = shell.respond('commit()');
      while (!(await running()).some(each => each.text.includes('commit'))) continue;
      shell.interrupt();
      expect(render(await answer, { width: 200, color: false })).toBe(
        'Interrupted\nCancelled on the server; the transaction was rolled back. Lost, as it cannot be staged again: 1 changed (User). What is staged is not lost.',
      );
      expect(await shows('session')).toMatch(/not committed: 1 new \(Post\)$/);
      await shows('rollback()');
    });

    it('46: says nothing of a transaction that the line had ended before', async () => {
      await shell.respond("add(new User({ username: 'Dora', email: 'd', password: 'p' })); flush()");
      expect(await interrupted(`commit(); em.execute('${server.sleep(60)}')`)).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed.',
      );
    });

    it('46: cancels what a timer has sent, while no statement runs', async () => {
      await lock(`update ${user} set password = 'q'`);
      await shell.respond(
        `said = new Promise(done => setTimeout(() => em.nativeUpdate(User, {}, { email: 'x' }).catch(done), 0)); 0`,
      );
      while (!(await running()).some(each => each.waits)) continue;
      expect(shell.interrupt()).toBe(false);
      expect(await shows('said.name')).toBe("'DatabaseError'");
      await other.em.rollback();
      expect(await shows('User.query.one().email')).toBe("'c@demo.com'");
    });

    it('46: sends nothing more of code that catches the error', async () => {
      await lock(`update ${user} set password = 'q'`);
      await shell.respond("dora = new User({ username: 'Dora', email: 'd', password: 'p' }); 0");
      const line = `try { em.nativeUpdate(User, {}, { email: 'x' }) } catch {}; add(dora); commit()`;
      expect(await interrupted(line)).toMatch(/^Interrupted\nCancelled on the server: it wrote nothing/);
      await other.em.rollback();
      expect(await other.em.fork().execute(`select username from ${user}`)).toEqual([{ username: 'Corey' }]);
      await shows('add(dora)');
      expect(await shows('commit()')).toBe('committed 1 new (User)');
    });

    it('46: cancels createAll() and dropAll(), which do nothing later', async () => {
      // Whoever drops a table waits for all who read it; all tables go together, or none.
      await lock('select * from post');
      expect(await interrupted('dropAll()')).toBe('Interrupted\nCancelled on the server: it wrote nothing.');
      await other.em.rollback();
      expect(await shows('User.query.count()')).toBe('1');
      expect(await shows('dropAll()')).toBe('dropped post, user');
      // MySQL and MariaDB commit it at once.
      if (dialect !== 'postgresql') return;
      await lock('create table post (id int)');
      expect(await interrupted('createAll()')).toBe(
        'Interrupted\nCancelled on the server: it wrote nothing.',
      );
      await other.em.rollback();
      expect(await shows('createAll()')).toBe('created post, user');
    });

    it('46: cancels a query, and the session goes on', async () => {
      const line = `em.execute('${server.sleep(60)}')`;
      expect(await interrupted(line)).toBe('Interrupted\nCancelled on the server: it wrote nothing.');
      expect(await shows('User.query.count()')).toBe('1');
    });

    it('46: cancels a commit: everything is still staged, and the next commit goes through', async () => {
      await lock(`update ${user} set password = 'q' where ${ofCorey}`);
      await shell.respond("u.email = 'x'; add(new User({ username: 'Dora', email: 'd', password: 'p' }))");
      expect(await interrupted('commit()')).toBe(
        'Interrupted\nCancelled on the server: it wrote nothing, and everything is still staged.',
      );
      await other.em.rollback();
      expect(await shows('session')).toContain('not committed: 1 new (User), 1 changed (User)');
      expect(await shows('commit()')).toBe('committed 1 new (User), 1 changed (User)');
    });

    it('46: says that a loop had committed before', async () => {
      await lock(`update ${user} set password = 'q' where ${ofCorey}`);
      await shell.respond("dora = new User({ username: 'Dora', email: 'd', password: 'p' }); 0");
      expect(
        await interrupted("for (const each of [dora, u]) { add(each); each.email = 'y'; commit() }"),
      ).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed, and the rest is still staged.',
      );
    });

    it('46: says what became of an open transaction', async () => {
      await lock(`update ${user} set password = 'q' where ${ofCorey}`);
      await shell.respond("add(new User({ username: 'Dora', email: 'd', password: 'p' })); flush()");
      const line = `User.query.filterBy({ username: 'Corey' }).update({ email: 'x' })`;
      expect(await interrupted(line)).toMatch(
        /^Interrupted\nCancelled on the server; the transaction (goes on|was rolled back, and what it wrote is staged again)\.$/,
      );
      await other.em.rollback();
      expect(await shows('commit()')).toBe('committed 1 new (User)');
      expect(await shows("User.query.orderBy('id').all().map(each => each.email)")).toBe(
        "[ 'c@demo.com', 'd' ]",
      );
    });

    it('46: keeps what update() wrote in the open transaction', async () => {
      await shell.respond("add(new User({ username: 'Dora', email: 'd', password: 'p' })); commit()");
      await lock(`update ${user} set password = 'q' where ${ofCorey}`);
      await shell.respond("User.query.filterBy({ username: 'Dora' }).update({ email: 'y' })");
      const line = `User.query.filterBy({ username: 'Corey' }).update({ email: 'x' })`;
      expect(await interrupted(line)).toBe('Interrupted\nCancelled on the server; the transaction goes on.');
      await other.em.rollback();
      expect(await shows('commit()')).toBe('committed 1 changed (User)');
      expect(await shows("User.query.orderBy('id').all().map(each => each.email)")).toBe(
        "[ 'c@demo.com', 'y' ]",
      );
    });

    it('46: waits for the server a moment, however often it is pressed', async () => {
      await shell.respond("User.query.update({ email: 'y' })");
      const answer = shell.respond(`em.execute('${server.sleep(60)}')`);
      while ((await running()).length === 0) continue;
      for (let press = 0; press < 5; press++) expect(shell.interrupt()).toBe(true);
      expect(render(await answer, { width: 80, color: false })).toBe(
        'Interrupted\nCancelled on the server; the transaction goes on.',
      );
      expect(await shows('commit()')).toBe('committed 1 changed (User)');
    });

    it('46: says that an index may be left of one that is made concurrently', async () => {
      if (dialect !== 'postgresql') return;
      const valid = () =>
        watching.em.execute("select indisvalid as valid from pg_index where indexrelid = 'late'::regclass");
      const created = 'create index concurrently late on post (title)';
      await lock(`insert into post (title, content, date_posted) values ('a', 'b', now())`);
      const line = `em.execute('${created}')`;
      expect(await interrupted(line)).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed.',
      );
      expect(await valid()).toEqual([{ valid: false }]);
    });

    it('46: says that rows may be left in a table without transactions', async () => {
      if (dialect !== 'mariadb') return;
      await watching.em.execute('create table plain (n int) engine = myisam');
      const line = "em.execute('insert into plain select 1 union all select sleep(60)')";
      expect(await interrupted(line)).toBe(
        'Interrupted\nCancelled on the server: nothing is written but what it had committed.',
      );
    });

    it('46: takes no harm where the server ends the connection on which it was asked', async () => {
      if (dialect !== 'postgresql') return;
      const connections = async () => (await watching.em.execute(server.connections)).length;
      const before = await connections();
      const direct = new URL(database.url);
      const proxy = await proxyTo(Number(direct.port));
      const through = new URL(direct);
      through.port = String(proxy.port);
      const session = await openSession({ url: through.href });
      try {
        const tried = new Shell({ session, console, load: name => import(name) });
        proxy.interject(goodbye, endedByAdministrator);
        const answer = tried.respond(`em.execute('${server.sleep(60)}')`);
        while ((await running()).length === 0) continue;
        tried.interrupt();
        expect(render(await answer, { width: 80, color: false })).toBe(
          'Interrupted\nCancelled on the server: it wrote nothing.',
        );
      } finally {
        await session.close();
        proxy.close();
        // The server learns of it from the proxy.
        while ((await connections()) > before) continue;
      }
    });

    it('46: stops a loop of queries, each of which is over before the server can be asked', async () => {
      const answer = shell.respond('for (;;) User.query.count()');
      while (!shell.session.isServerBusy) await new Promise(resolve => setImmediate(resolve));
      shell.interrupt();
      expect(render(await answer, { width: 200, color: false })).not.toMatch(/cannot be asked/);
    });

    it('46: waits for nothing where the server runs nothing', async () => {
      const answer = shell.respond('User.query.count(); new Promise(() => {})');
      const turn = () => new Promise(resolve => setImmediate(resolve));
      while (!shell.session.isServerBusy) await turn();
      while (shell.session.isServerBusy) await turn();
      shell.interrupt();
      expect(render(await answer, { width: 80, color: false })).toBe('Interrupted');
    });
  });
}
