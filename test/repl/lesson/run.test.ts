import { afterEach, describe, expect, it } from '@jest/globals';
import { dialects } from '../../support/databases.ts';
import { type Learner, startLesson } from './learner.ts';

const lesson = `---
title: Writing
---
# Writing

First the tables.

\`\`\`repl {#tables}
> createAll()
created post, user
\`\`\`

How many users are there?

- [ ] One.
  Look again.
- [x] None.
  Right.

<!-- repl setup
> corey = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })
-->

Stage Corey, and commit.

<details><summary>Hint</summary>

Staging first.

</details>

\`\`\`repl {#commit task}
> add(corey)
> commit()
committed 1 new (User)
\`\`\`

Show all users.

\`\`\`repl {#all task}
> User.query.all()
[ User('Corey', 'c@demo.com') ]
\`\`\`

Add a post.

\`\`\`repl {#post task}
> add(new Post({ title: 'Blog 1', content: 'First', author: corey }))
> commit()
committed 1 new (Post)
\`\`\`

Well done.
`;

describe.each(dialects)('a lesson on %s', dialect => {
  let learner: Learner;

  afterEach(() => learner.leave());

  it('runs demonstrations at Enter, asks, and accepts other ways than that of the author', async () => {
    learner = await startLesson(lesson, undefined, dialect);
    expect(learner.greeting).toContain('First the tables.');
    expect(learner.proposal()).toBe('createAll()');
    expect(await learner.enter()).toContain('How many users are there?');
    expect(learner.proposal()).toBe('');
    expect(await learner.type('1')).toContain('✗ Look again.');
    expect(await learner.type('7')).toContain('Type a number from 1 to 2.');
    expect(await learner.type('2')).toMatch(/✓ Right\.[^]*Stage Corey, and commit\./);
    expect(await learner.type('em.persist(corey)')).toContain('✗ Corey is staged but not committed');
    expect(await learner.type('db.session.commit()')).toMatch(/✓[^]*Show all users\./);
    expect(await learner.type('User.query')).toContain('✗ That is a query that has not run');
    expect(await learner.type('User.query.first()')).toContain('✗ That shows something else');
    expect(await learner.type('User.query.filterBy({ name: 1 }).all()')).toBe('');
    expect(await learner.type('em.find(User, {})')).toMatch(/✓[^]*Add a post\./);
    expect(await learner.type("p = new Post({ title: 'Blog1', content: 'First', author: corey })")).toContain(
      '✗ Blog1 is staged but not committed',
    );
    expect(await learner.type('add(p)')).toBe('');
    expect(await learner.type('commit()')).toContain("✗ In the table post, title is 'Blog1', not 'Blog 1'.");
    expect(await learner.type("p.title = 'Blog 1'")).toContain('Not committed yet: 1 changed (Post)');
    expect(await learner.type('commit()')).toMatch(/✓[^]*5\/5[^]*Well done\.[^]*That was the lesson\./);
    expect(learner.progress()).toMatchObject({
      done: { commit: ['em.persist(corey)', 'db.session.commit()'] },
    });
  });

  it('goes on as it was after attempts that used up keys', async () => {
    learner = await startLesson(lesson, undefined, dialect);
    await learner.enter();
    await learner.type('2');
    await learner.type("add(new User({ username: 'A', email: 'a', password: 'a' }))");
    expect(await learner.type('commit()')).toContain(
      "✗ The table user has no row with username 'Corey' yet.",
    );
    await learner.type('User.query.delete()');
    await learner.type('add(corey)');
    await learner.type('commit()');
    await learner.type('User.query.all()');
    expect(await learner.answer('User.query.get(1)')).toBe("User('Corey', 'c@demo.com')");
    expect(await learner.answer('corey.id')).toBe('1');
  });
});

describe('a lesson', () => {
  let learner: Learner;

  afterEach(() => learner.leave());

  it('helps, skips, starts anew and goes elsewhere', async () => {
    learner = await startLesson(lesson);
    await learner.type('.goto #commit');
    expect(await learner.answer('corey.username')).toBe("'Corey'");
    expect(await learner.type('.hint')).toContain('› Staging first.');
    expect(await learner.type('.hint')).toContain('There is no other hint.');
    await learner.type('dropAll()');
    expect(await learner.type('.again')).toContain('Stage Corey, and commit.');
    expect(await learner.answer('User.query.count()')).toBe('0');
    expect(await learner.type('.skip')).toMatch(
      /> add\(corey\)\n> commit\(\)\ncommitted 1 new \(User\)[^]*Show all users\./,
    );
    expect(await learner.answer('.goto #nowhere')).toBe('');
    expect(await learner.type('.goto #nowhere')).toContain('This lesson has no step #nowhere');
    expect(await learner.type('.goto 1')).toContain('First the tables.');
    expect(learner.proposal()).toBe('createAll()');
  });

  it('lets play freely, and is as it was afterwards', async () => {
    learner = await startLesson(lesson);
    await learner.type('.goto #all');
    expect(await learner.type('.play')).toContain('nothing counts');
    expect(await learner.type('User.query.all()')).toBe('');
    await learner.type('dropAll()');
    await learner.type('corey = 1');
    expect(await learner.type('.back')).toContain('Show all users.');
    expect(await learner.answer('corey.username')).toBe("'Corey'");
    expect(await learner.answer('User.query.count()')).toBe('1');
  });

  it('does not go on after a demonstration that fails', async () => {
    learner = await startLesson(
      lesson.replace('> createAll()\ncreated post, user', '> ann = { name: 1 }\n> createAll(); ann.name\n1'),
    );
    await learner.enter();
    await learner.type('ann = null');
    expect(await learner.enter()).toContain('`.again` starts the step anew');
    expect(learner.proposal()).toBe('createAll(); ann.name');
    await learner.type('.again');
    await learner.enter();
    expect(await learner.enter()).toContain('How many users are there?');
  });

  it('says nothing about what only looks around', async () => {
    learner = await startLesson(lesson);
    await learner.type('.goto #commit');
    for (const line of ['corey', 'User.query.count()', '.help commit', '.stack', 'corey.nonsense', '1 +', ''])
      expect(await learner.type(line)).toBe('');
  });

  it('goes on where the learner left off, with what was typed there', async () => {
    learner = await startLesson(lesson);
    await learner.enter();
    await learner.type('2');
    await learner.type('mine = 42');
    await learner.type('add(corey)');
    await learner.type('commit()');
    const progress = learner.progress();
    await learner.leave();
    learner = await startLesson(lesson, progress);
    expect(learner.greeting).toMatch(/Going on at #all\.[^]*Show all users\./);
    expect(await learner.answer('mine')).toBe('42');
    await learner.leave();
    const changed = lesson.replaceAll('#all', '#everything');
    learner = await startLesson(changed, progress);
    expect(learner.greeting).toContain('Going on at #everything.');
  });
});

describe('a broken lesson', () => {
  it.each([
    [
      'a statement that fails',
      lesson.replace('> createAll()', '> createNothing()'),
      /:9: this statement fails/,
    ],
    ['a task without an id', lesson.replace('{#commit task}', '{task}'), /A task needs an id/],
  ])('with %s is not played', async (_, text, reason) => {
    await expect(startLesson(text)).rejects.toThrow(reason);
  });
});
