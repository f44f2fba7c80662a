import type { Row } from './row.ts';

export const queries: readonly Row[] = [
  ['User.query.all()', 'User.query.all()'],
  ['User.query.first()', 'User.query.first()'],
  [
    'db.session.query(User.username).order_by(User.id).all()',
    "db.session.query(User).orderBy('id').all().map(row => [row.username])",
  ],
  [
    'db.session.query(User.id, User.username).order_by(User.username.desc()).all()',
    "db.session.query(User).orderBy({ username: 'desc' }).all().map(row => [row.id, row.username])",
  ],
  [
    "db.session.query(User.id, User.username).filter(User.username == 'Corey').first()",
    "(db.session.query(User).filter({ username: 'Corey' }).limit(1).all().map(row => [row.id, row.username])[0] ?? null)",
  ],
  [
    "db.session.query(User.id).filter_by(username='nobody').first()",
    "(db.session.query(User).filterBy({ username: 'nobody' }).limit(1).all().map(row => [row.id])[0] ?? null)",
  ],
  [
    "db.session.query(User.id, User.email).filter_by(username='Corey').one()[1]",
    "[db.session.query(User).filterBy({ username: 'Corey' }).one()].map(row => [row.id, row.email])[0][1]",
  ],
  ['db.session.query(User.id).count()', 'db.session.query(User).count()'],
  [
    'db.session.execute(db.select(User.id, User.username).order_by(User.id)).all()',
    "User.query.orderBy('id').all().map(row => [row.id, row.username])",
  ],
  [
    'db.session.execute(db.select(User.username).order_by(User.id)).all()',
    "User.query.orderBy('id').all().map(row => [row.username])",
  ],
  [
    'db.session.execute(db.select(User.username).order_by(User.id)).scalars().all()',
    "User.query.orderBy('id').all().map(row => row.username)",
  ],
  [
    'for id, name in db.session.query(User.id, User.username).order_by(User.id): print(id, name)',
    "for (const [id, name] of db.session.query(User).orderBy('id').all().map(row => [row.id, row.username])) {\n  console.log(id, name)\n}",
  ],
  [
    '[name for name, in db.session.query(User.username).order_by(User.id)]',
    "db.session.query(User).orderBy('id').all().map(row => [row.username]).map(([name]) => name)",
  ],
  ['User.query.count()', 'User.query.count()'],
  ['User.query.get(1)', 'User.query.get(1)'],
  ['User.query.get(99)', 'User.query.get(99)'],
  ['User.query.get(2).username', 'User.query.get(2).username'],
  ["User.query.filter_by(username='Corey').all()", "User.query.filterBy({ username: 'Corey' }).all()"],
  ["User.query.filter_by(username='nobody').first()", "User.query.filterBy({ username: 'nobody' }).first()"],
  [
    "User.query.filter_by(username='Zoe', password='q').one()",
    "User.query.filterBy({ username: 'Zoe', password: 'q' }).one()",
  ],
  [
    "User.query.filter_by(password='p').filter_by(username='Alex').one_or_none()",
    "User.query.filterBy({ password: 'p' }).filterBy({ username: 'Alex' }).oneOrNone()",
  ],
  ['Post.query.filter_by(author=None).all()', 'Post.query.filterBy({ author: null }).all()'],
  ['Post.query.filter_by(user_id=corey.id).all()', 'Post.query.filterBy({ userId: corey.id }).all()'],
  ['Post.query.filter_by(author=corey).count()', 'Post.query.filterBy({ author: corey }).count()'],
  ["User.query.filter(User.username == 'Corey').all()", "User.query.filter({ username: 'Corey' }).all()"],
  ["User.query.filter('Corey' == User.username).all()", "User.query.filter({ username: 'Corey' }).all()"],
  [
    "User.query.filter(User.username != 'Corey').order_by(User.id).all()",
    "User.query.filter({ username: { $ne: 'Corey' } }).orderBy('id').all()",
  ],
  [
    'Post.query.filter(Post.user_id != 1).order_by(Post.id).all()',
    "Post.query.filter({ userId: { $ne: 1 } }).orderBy('id').all()",
  ],
  ['Post.query.filter(Post.user_id == None).all()', 'Post.query.filter({ userId: null }).all()'],
  ['Post.query.filter(Post.user_id != None).count()', 'Post.query.filter({ userId: { $ne: null } }).count()'],
  ['Post.query.filter(Post.user_id.is_(None)).all()', 'Post.query.filter({ userId: null }).all()'],
  [
    'Post.query.filter(Post.user_id.isnot(None)).count()',
    'Post.query.filter({ userId: { $ne: null } }).count()',
  ],
  [
    'Post.query.filter(Post.author == corey).order_by(Post.id).all()',
    "Post.query.filter({ author: corey }).orderBy('id').all()",
  ],
  [
    'User.query.filter(User.id > 1).order_by(User.id.desc()).all()',
    "User.query.filter({ id: { $gt: 1 } }).orderBy({ id: 'desc' }).all()",
  ],
  [
    'User.query.filter(User.id >= 2, User.id <= 3).count()',
    'User.query.filter({ $and: [{ id: { $gte: 2 } }, { id: { $lte: 3 } }] }).count()',
  ],
  ['User.query.filter(2 < User.id).all()', 'User.query.filter({ id: { $gt: 2 } }).all()'],
  [
    'User.query.filter(User.id.between(1, 2)).order_by(User.username).all()',
    "User.query.filter({ id: { $gte: 1, $lte: 2 } }).orderBy('username').all()",
  ],
  [
    "User.query.filter(User.username.like('%o%')).order_by(User.id).all()",
    "User.query.filter({ username: { $like: '%o%' } }).orderBy('id').all()",
  ],
  [
    "User.query.filter(User.username.startswith('C')).all()",
    "User.query.filter({ username: { $like: 'C%' } }).all()",
  ],
  [
    "User.query.filter(User.email.endswith('demo.com')).count()",
    "User.query.filter({ email: { $like: '%demo.com' } }).count()",
  ],
  [
    "User.query.filter(User.email.contains('lex')).all()",
    "User.query.filter({ email: { $like: '%lex%' } }).all()",
  ],
  [
    "User.query.filter(User.username.in_(['Corey', 'Zoe'])).order_by(User.id).all()",
    "User.query.filter({ username: { $in: ['Corey', 'Zoe'] } }).orderBy('id').all()",
  ],
  ['User.query.filter(User.username.in_([])).all()', 'User.query.filter({ username: { $in: [] } }).all()'],
  ['User.query.filter(User.id.notin_([1, 2])).all()', 'User.query.filter({ id: { $nin: [1, 2] } }).all()'],
  [
    'User.query.filter(~User.id.in_([1, 2])).all()',
    'User.query.filter({ $not: { id: { $in: [1, 2] } } }).all()',
  ],
  [
    "User.query.filter((User.id == 1) | (User.username == 'Zoe')).order_by(User.id).all()",
    "User.query.filter({ $or: [{ id: 1 }, { username: 'Zoe' }] }).orderBy('id').all()",
  ],
  [
    "User.query.filter((User.id > 1) & (User.password == 'p')).all()",
    "User.query.filter({ id: { $gt: 1 }, password: 'p' }).all()",
  ],
  [
    'User.query.filter(~((User.id == 1) | (User.id == 2))).all()',
    'User.query.filter({ $not: { $or: [{ id: 1 }, { id: 2 }] } }).all()',
  ],
  [
    'User.query.filter(db.or_(User.id == 1, User.id == 3)).order_by(User.id.desc()).all()',
    "User.query.filter({ $or: [{ id: 1 }, { id: 3 }] }).orderBy({ id: 'desc' }).all()",
  ],
  [
    "User.query.filter(db.and_(User.id > 1, db.not_(User.username == 'Zoe'))).all()",
    "User.query.filter({ $and: [{ id: { $gt: 1 } }, { $not: { username: 'Zoe' } }] }).all()",
  ],
  [
    "User.query.filter(User.id > 1, User.id < 3, User.username == 'Alex').all()",
    "User.query.filter({ $and: [{ id: { $gt: 1 } }, { id: { $lt: 3 } }, { username: 'Alex' }] }).all()",
  ],
  ['User.query.order_by(User.username).all()', "User.query.orderBy('username').all()"],
  [
    'User.query.order_by(User.password.desc(), User.username.asc()).all()',
    "User.query.orderBy({ password: 'desc' }, 'username').all()",
  ],
  [
    'User.query.order_by(db.desc(User.id)).limit(2).all()',
    "User.query.orderBy({ id: 'desc' }).limit(2).all()",
  ],
  ['User.query.order_by(User.id).offset(1).first()', "User.query.orderBy('id').offset(1).first()"],
  ['User.query.limit(2).all()', 'User.query.limit(2).all()'],
  ['User.query[:2]', 'User.query.limit(2).all()'],
  ['User.query[1:3]', 'User.query.offset(1).limit(2).all()'],
  ['User.query[0]', 'User.query.firstOrFail()'],
  [
    "Post.query.join(User).filter(User.username == 'Corey').order_by(Post.id).all()",
    "Post.query.filter({ author: { $ne: null } }).filter({ author: { username: 'Corey' } }).orderBy('id').all()",
  ],
  [
    'Post.query.join(User).order_by(Post.id).all()',
    "Post.query.filter({ author: { $ne: null } }).orderBy('id').all()",
  ],
  [
    "Post.query.join(Post.author).filter(User.id == 2, Post.title == 'Notes').first()",
    "Post.query.filter({ author: { $ne: null } }).filter({ author: { id: 2 }, title: 'Notes' }).first()",
  ],
  [
    "Post.query.filter(Post.author.has(User.username == 'Alex')).all()",
    "Post.query.filter({ author: { username: 'Alex' } }).all()",
  ],
  [
    "Post.query.filter(Post.author.has(username='Corey')).count()",
    "Post.query.filter({ author: { username: 'Corey' } }).count()",
  ],
  [
    'User.query.filter(User.posts.any()).order_by(User.id).all()',
    "User.query.filter({ posts: { $some: {} } }).orderBy('id').all()",
  ],
  [
    "User.query.filter(User.posts.any(Post.title == 'Blog 2')).all()",
    "User.query.filter({ posts: { $some: { title: 'Blog 2' } } }).all()",
  ],
  [
    'User.query.filter(~User.posts.any()).all()',
    'User.query.filter({ $not: { posts: { $some: {} } } }).all()',
  ],
  [
    'User.query.options(db.joinedload(User.posts)).order_by(User.id).all()',
    "User.query.populate('posts').orderBy('id').all()",
  ],
  ['db.session.query(User).all()', 'db.session.query(User).all()'],
  [
    "db.session.query(User).filter_by(username='Zoe').first().email",
    "db.session.query(User).filterBy({ username: 'Zoe' }).first().email",
  ],
  [
    "db.session.query(Post).filter(Post.title.like('Blog%')).count()",
    "db.session.query(Post).filter({ title: { $like: 'Blog%' } }).count()",
  ],
  ['db.session.get(User, 2)', 'db.session.get(User, 2)'],
  [
    "db.session.execute(db.select(User).where(User.username == 'Corey')).scalars().all()",
    "User.query.filter({ username: 'Corey' }).all()",
  ],
  [
    'db.session.execute(db.select(User).order_by(User.id.desc())).scalars().first()',
    "User.query.orderBy({ id: 'desc' }).first()",
  ],
  [
    "db.session.execute(db.select(User).filter_by(username='Zoe')).scalar_one()",
    "User.query.filterBy({ username: 'Zoe' }).one()",
  ],
  [
    "db.session.execute(db.select(User).filter_by(username='x')).scalar_one_or_none()",
    "User.query.filterBy({ username: 'x' }).oneOrNone()",
  ],
  [
    'db.session.scalars(db.select(User).where(User.id > 1).order_by(User.id)).all()',
    "User.query.filter({ id: { $gt: 1 } }).orderBy('id').all()",
  ],
  [
    "db.session.scalar(db.select(User).where(User.username == 'Alex'))",
    "User.query.filter({ username: 'Alex' }).first()",
  ],
  [
    'db.session.scalars(db.select(User.username).order_by(User.username)).all()',
    "User.query.orderBy('username').all().map(row => row.username)",
  ],
  ['query = User.query.filter(User.id < 3)', 'query = User.query.filter({ id: { $lt: 3 } })'],
  ['query.count()', 'query.count()'],
  ['query.order_by(User.username).first()', "query.orderBy('username').first()"],
  ["is_corey = User.username == 'Corey'", "is_corey = { username: 'Corey' }"],
  ['User.query.filter(is_corey).one()', 'User.query.filter(is_corey).one()'],
  [
    "User.query.filter_by(username='Zoe').one().posts",
    "User.query.filterBy({ username: 'Zoe' }).one().posts",
  ],
  ['db.session.query(db.func.count(User.id)).scalar()', 'User.query.count()'],
  ['db.session.scalar(db.select(db.func.count(User.id)))', 'User.query.count()'],
  [
    'db.session.execute(db.select(db.func.count(User.id)).where(User.id > 1)).scalar()',
    'User.query.filter({ id: { $gt: 1 } }).count()',
  ],
];
