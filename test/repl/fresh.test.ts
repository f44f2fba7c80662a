import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../src/index.ts';
import { Shell } from '../../repl/shell.ts';
import { createDatabase, dialects } from '../support/databases.ts';

/** Ways to look at a user that has expired, of which the address is to be fresh. */
const looks: readonly string[] = [
  '"" + u',
  'u + ""',
  '`${u}`',
  '`${[[u]]}`',
  'String(u)',
  'String([u])',
  '[u] + ""',
  '[1, [u]].join()',
  '"x".concat(u)',
  'u.toString()',
  '[u].toString()',
  '({ ...u }).email',
  '(({ email }) => email)(u)',
  '(({ id, ...rest }) => rest.email)(u)',
  'Object.values(u).join()',
  'Object.entries(u).flat().join()',
  'Object.assign({}, u).email',
  'Reflect.get(u, "email")',
  'JSON.stringify(u)',
  'JSON.stringify({ a: [{ u }] })',
  'JSON.stringify([1, u], null, 2)',
  'JSON.stringify(post)',
  'structuredClone({ ...u }).email',
  'inspect(u)',
  'inspect({ a: { b: [u] } }, { depth: 9 })',
  'inspect(new Map([[1, u]]), { depth: 9 })',
  'inspect(new Set([u]), { depth: 9 })',
  'format("%s", u)',
  'new Error(u).message',
  'encodeURIComponent(u)',
  'RegExp(u).source',
  'new RegExp(u).source',
  'Symbol(u).description',
  '/fresh-.*/.exec(u)[0]',
  'u.email',
  'u["email"]',
  'u?.email',
  '[u].map(String)[0]',
  '[u].map(each => each.email)[0]',
  '[u].map(each => `${each}`)[0]',
  '[u].map(JSON.stringify)[0]',
  '[...new Set([u])][0].email',
  '[...new Map([[u, 1]]).keys()].map(each => each.email)[0]',
  '[u, u].toSorted()[0].email',
  '(function () { return "" + u })()',
  '(() => { const { email } = u; return email })()',
  '[...(function* () { yield u.email })()][0]',
  'u.posts[0].author.email',
  'u.posts.map(each => each.author.email)[0]',
  'u.posts.filter(each => each.author.email !== "")[0].author.email',
  'u.posts.find(each => each.author.email !== "").author.email',
  'u.posts.reduce((text, each) => text + each.author.email, "")',
  'u.posts.exists(each => each.author.email.startsWith("fresh")) ? u.email : "none"',
  'u.posts.slice(0).flatMap(each => each.author.email)[0]',
  'post.author.email',
  '({ a: { u } })',
  '[[u]]',
  'new Map([["a", { u }]])',
  'new Set([[u]])',
  'new Box(u)',
  'JSON.stringify([new Box(u)])',
  'new Box(new Box(u)).content',
  'new Card(u).address',
  '({ __proto__: { z: 1 }, u })',
  'Object.assign([1], { u })',
  'Object.assign(function f() {}, { u })',
  '[Object.assign(new Date(0), { u })]',
  '(class { static all = [u] })',
  'JSON.stringify({ __proto__: { z: 1 }, u })',
  '({ [Symbol("s")]: u })',
  'new Map([[1, u]]).values()',
  'new Map([[1, { u }]]).entries()',
  '[new Set([u]).values()]',
  'String.raw`<${u}>`',
  'Promise.resolve(u).then(JSON.stringify)',
  'Promise.resolve(u).then(String)',
  'Promise.reject(u).catch(String)',
];

describe.each(dialects)('what has expired, on %s', dialect => {
  it('is fresh however it is looked at', async () => {
    const database = await createDatabase(dialect);
    const session = await openSession({ url: database.url });
    const load = (name: string) => import(name) as Promise<unknown>;
    const shell = new Shell({ session, console, load });
    const say = async (line: string) => {
      const answer = await shell.respond(line);
      if (answer.kind === 'error') throw answer.error;
      return answer;
    };
    await say("import { format, inspect } from 'node:util'");
    await say(
      "createAll(); u = new User({ username: 'Corey', email: 'e', password: 'p' }); add(u); commit()",
    );
    await say(
      "post = new Post({ title: 'T', content: '…', userId: 1 }); add(post); commit(); u.posts[0].author",
    );
    await say('class Box { constructor(content) { this.content = content } }');
    await say('class Card { constructor({ email }) { this.address = email } }');
    const stale: string[] = [];
    for (const [index, look] of looks.entries()) {
      const email = `fresh-${index}`;
      await say(`em.execute("update \\"user\\" set email = '${email}' where id = 1"); commit()`);
      const seen = inspect(await say(look), { depth: 20 });
      if (!seen.includes(email)) stale.push(`${look}: ${seen}`);
    }
    await session.close();
    await database.drop();
    expect(stale).toEqual([]);
  });
});
