import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../src/index.ts';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';
import { createDatabase, everyDialect } from '../support/databases.ts';
import { proxyTo } from '../support/proxy.ts';

for (const { dialect, skipped } of everyDialect) {
  if (['sqlite', 'libsql', 'pglite'].includes(dialect)) continue;
  const group = skipped === '' ? describe : describe.skip;
  group(`a silent ${dialect} ${skipped}`, () => {
    it('46: the second Ctrl-C leaves a server that does not answer, and the session goes on', async () => {
      const database = await createDatabase(dialect);
      const url = new URL(database.url);
      const proxy = await proxyTo(Number(url.port));
      Object.assign(url, { hostname: '127.0.0.1', port: String(proxy.port) });
      const session = await openSession({ url: url.href });
      const shell = new Shell({ session, console, load: name => import(name) });
      const shows = async (text: string) => render(await shell.respond(text), { width: 200, color: false });
      await shows("createAll(); add(new User({ username: 'Dora', email: 'd', password: 'p' })); commit()");
      await shows(
        "User.query.update({ email: 'x' }); add(new User({ username: 'Eva', email: 'e', password: 'p' })); flush()",
      );
      proxy.silence();
      const answer = shows('commit()');
      while (!session.isServerBusy) await Promise.resolve();
      expect([shell.interrupt(), shell.interrupt()]).toEqual([true, true]);
      expect(await answer).toBe(
        'Interrupted\nThe server was asked to cancel it, and has not answered: what it writes may still arrive. ' +
          'If it does not, this is lost, as it cannot be staged again: 1 changed (User).',
      );
      proxy.mend();
      expect(await shows('session')).toContain('not committed: 1 new (User)');
      expect(await shows('commit()')).toBe('committed 1 new (User)');
      await session.close();
      proxy.close();
      await database.drop();
    });
  });
}
