import type { Row } from './row.ts';

export const objects: readonly Row[] = [
  ['corey.posts', 'corey.posts'],
  ['len(corey.posts)', 'corey.posts.length'],
  ['corey.posts[0].title', '[...corey.posts][0].title'],
  ['corey.posts[-1].title', '[...corey.posts].at(-1).title'],
  [
    'first = corey.posts[0]',
    `function itemAt(list, index) {
  if (index >= list.length || index < -list.length) throw new RangeError('list index out of range')
  return list.at(index)
}
first = itemAt([...corey.posts], 0)`,
  ],
  ['first.author.username', 'first.author.username'],
  ['first.author is corey', 'first.author === corey'],
  ['first.author == corey', 'first.author === corey'],
  ['first.author != alex', 'first.author !== alex'],
  ['first in corey.posts', '[...corey.posts].includes(first)'],
  ['first not in alex.posts', '![...alex.posts].includes(first)'],
  [
    "orphan = Post.query.filter_by(title='Orphan').first()",
    "orphan = Post.query.filterBy({ title: 'Orphan' }).first()",
  ],
  ['orphan.author', 'orphan.author'],
  ['orphan.author is None', 'orphan.author == null'],
  ['orphan.user_id == None', 'orphan.userId == null'],
  [
    "orphan.author.username if orphan.author else 'nobody'",
    "orphan.author ? orphan.author.username : 'nobody'",
  ],
  ['orphan.author = zoe', 'orphan.author = zoe'],
  ['orphan.user_id', 'orphan.userId'],
  ['db.session.commit()', 'db.session.commit()'],
  ['zoe.posts', 'zoe.posts'],
  ["zoe.username = 'Zoë'", "zoe.username = 'Zoë'"],
  ['zoe in db.session.dirty', 'db.session.dirty.includes(zoe)'],
  ['db.session.rollback()', 'db.session.rollback()'],
  ['zoe.username', 'zoe.username'],
  ["zoe.username += '!'", "zoe.username += '!'"],
  ['zoe.username', 'zoe.username'],
  ['db.session.commit()', 'db.session.commit()'],
  ["User.query.filter_by(username='Zoe!').count()", "User.query.filterBy({ username: 'Zoe!' }).count()"],
  [
    "new = User(username='New', email='n@demo.com', password='p')",
    "new_ = new User({ username: 'New', email: 'n@demo.com', password: 'p' })",
  ],
  ['new.id is None', 'new_.id == null'],
  ['new in db.session', 'db.session.has(new_)'],
  ['db.session.add(new)', 'db.session.add(new_)'],
  ['new in db.session', 'db.session.has(new_)'],
  ['db.session.flush()', 'db.session.flush()'],
  ['new.id', 'new_.id'],
  ['db.session.rollback()', 'db.session.rollback()'],
  ['User.query.count()', 'User.query.count()'],
  [
    "db.session.add(User(username='Corey', email='other', password='x'))",
    "db.session.add(new User({ username: 'Corey', email: 'other', password: 'x' }))",
  ],
  [
    `try:
    db.session.commit()
except IntegrityError:
    db.session.rollback()
    print('taken')`,
    `try {
  db.session.commit()
} catch (error) {
  if (!['UniqueViolation', 'MissingValue', 'ForeignKeyViolation', 'CheckViolation'].includes(error.name)) throw error
  db.session.rollback()
  console.log('taken')
}`,
  ],
  ['User.query.count()', 'User.query.count()'],
  [
    `with db.session.begin_nested():
    db.session.add(User(username='Nested', email='ne', password='p'))`,
    `nested(() => {
  db.session.add(new User({ username: 'Nested', email: 'ne', password: 'p' }))
})`,
  ],
  ['db.session.commit()', 'db.session.commit()'],
  [
    "User.query.filter_by(username='Nested').first().email",
    "User.query.filterBy({ username: 'Nested' }).first().email",
  ],
  [
    "corey.posts.append(Post(title='Third', content='3'))",
    "corey.posts.add(new Post({ title: 'Third', content: '3' }))",
  ],
  ['db.session.commit()', 'db.session.commit()'],
  ['[p.title for p in corey.posts]', '[...corey.posts].map(p => p.title)'],
  [
    "third = Post.query.filter_by(title='Third').one()",
    "third = Post.query.filterBy({ title: 'Third' }).one()",
  ],
  ['corey.posts.remove(third)', 'corey.posts.remove(third)'],
  ['db.session.commit()', 'db.session.commit()'],
  ['third.author', 'third.author'],
  ['db.session.delete(third)', 'db.session.delete(third)'],
  ['db.session.commit()', 'db.session.commit()'],
  ["Post.query.filter_by(title='Third').first()", "Post.query.filterBy({ title: 'Third' }).first()"],
  [
    "User.query.filter_by(username='Nested').update({'email': 'changed'})",
    "User.query.filterBy({ username: 'Nested' }).update({ email: 'changed' })",
  ],
  ['db.session.commit()', 'db.session.commit()'],
  [
    "User.query.filter_by(username='Nested').first().email",
    "User.query.filterBy({ username: 'Nested' }).first().email",
  ],
  [
    "User.query.filter(User.username == 'Nested').delete()",
    "User.query.filter({ username: 'Nested' }).delete()",
  ],
  ['db.session.commit()', 'db.session.commit()'],
  ["User.query.filter_by(username='Nested').count()", "User.query.filterBy({ username: 'Nested' }).count()"],
  ['db.session.refresh(corey)', 'db.session.refresh(corey)'],
  ['corey.email', 'corey.email'],
];
