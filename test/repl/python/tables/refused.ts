/** A statement of Python that is not translated, why, and the TypeScript that comes nearest. */
export type Refused = readonly [python: string, reason: string, nearest: string];

export const refused: readonly Refused[] = [
  ['10 / x', 'Python refuses to divide by zero, and JavaScript answers Infinity', '10 / x'],
  ['2 ** 100', 'The result is too large for a number of JavaScript', '2n'],
  ['9007199254740993', '9007199254740993 is too large for a number of JavaScript', '9007199254740993n'],
  ['2 ** x', 'The power may be larger than a number of JavaScript', '2 ** x'],
  ['x % y', 'The sign of a rest differs in JavaScript', '((x % n) + n) % n'],
  ['unknown_name', 'unknown_name has no value that is known here', 'unknown_name = …'],
  ['unknown()', 'unknown has no value that is known here', 'unknown = …'],
  ['round(2.5)', 'round() is not translated', 'Math.round(x)'],
  ["int('5')", 'int() fails where JavaScript answers NaN', "Number.parseInt('5', 10)"],
  ["float('1.5')", 'float() is not translated', 'Number(x)'],
  ['repr(corey)', 'repr() is not translated', 'String(x)'],
  ['type(corey)', 'type() is not translated', 'x.constructor'],
  ["f'{1.5:.1f}'", 'The format :.1f is not translated', '${1.5.toFixed(1)}'],
  ["f'{x!r}'", 'The format !r is not translated', '${x}'],
  ["f'{x:>10}'", 'The format :>10 is not translated', '${x}'],
  ['str([1, 2])', '[1, 2] may read in another way in JavaScript than in Python', '`${[1, 2]}`'],
  [
    '[1] == [1]',
    '[1] and [1] may be equal in Python and not in JavaScript, or the other way round',
    '[1] === [1]',
  ],
  [
    'True == 1',
    'true and 1 may be equal in Python and not in JavaScript, or the other way round',
    'true === 1',
  ],
  [
    '1.5 + True',
    'It is not known what true holds, and + would not fail in JavaScript where it does in Python',
    '1.5 + true',
  ],
  [
    "'a' + 1",
    'It is not known what 1 holds, and + would not fail in JavaScript where it does in Python',
    "'a' + 1",
  ],
  ["'a' < 1", '1 may hold what Python cannot order, and JavaScript would', "'a' < 1"],
  ['x is 2', 'Whether two values are one object differs in JavaScript', 'x === 2'],
  [
    'max(names)',
    'max() of an empty list fails in Python, and is Infinity in JavaScript',
    'Math.max(...list)',
  ],
  [
    'min([1, 2])',
    'min() of an empty list fails in Python, and is Infinity in JavaScript',
    'Math.min(...list)',
  ],
  [
    'xs = names[::2]',
    'This step of a slice is not translated',
    'names.filter((_, index) => index % 2 === 0)',
  ],
  ['del names', 'del names is not translated', ''],
  [
    'class A: pass',
    'A class of entities is not made in a session',
    'mikroscope run --python models.py --as entities',
  ],
  ["import_x = __import__('x')", '__import__ has no value that is known here', '__import__ = …'],
  ['lambda *a: a', 'The parameter *a is not translated', '...list'],
  ['def f(*args): return args', 'The parameter *args is not translated', '...list'],
  ['def g(x=[]): return x', 'The default [] is one object for all calls in Python', 'x = []'],
  [
    'def h(a): return a + 1',
    'It is not known what a holds, and + would not fail in JavaScript where it does in Python',
    'a + 1',
  ],
  [
    `def k():
    yield 1`,
    'yield is not translated',
    'function* list() { yield 1 }',
  ],
  ['assert x', 'assert x is not translated', ''],
  ['global x', 'global x is not translated', ''],
  ["with open('f') as f: pass", "with open('f') is not translated", 'try { … } finally { … }'],
  [
    `try:
    pass
except ValueError:
    pass`,
    'ValueError has no counterpart: JavaScript fails elsewhere and otherwise',
    "catch (error) { if (error.name !== '…') throw error }",
  ],
  [
    "raise ValueError('x') from None",
    'raise … from … is not translated',
    'throw new Error(message, { cause })',
  ],
  ["User('x')", 'User() takes its fields by name', 'new User({ property: value })'],
  [
    'User.query.filter(User.nothing == 1)',
    'User has no property nothing',
    'User has id, username, email, password, posts',
  ],
  [
    "User.query.filter(User.username == 'a' and User.id == 1)",
    "User.username == 'a' and User.id == 1 is no condition on columns that is translated",
    "filter({ [raw(…)]: … }) with the SQL of User.username == 'a' and User.id == 1",
  ],
  [
    "User.query.filter(User.username == 'a' & User.id == 1)",
    'The operator & is not translated',
    "'a' & User.id",
  ],
  ['User.query.filter(User.id == Post.id)', 'Two columns are compared', "raw('id == id')"],
  [
    "User.query.filter(Post.title == 'x')",
    'Post is not joined to this query by one relation',
    'filter({ relation: { property: … } })',
  ],
  [
    "User.query.filter(db.func.lower(User.username) == 'x')",
    'The SQL function lower() is not translated here',
    "em.execute('select lower(…) from …')",
  ],
  [
    'db.session.query(func.max(User.id)).scalar()',
    'The SQL function max() is not translated here',
    "em.execute('select max(…) from …')",
  ],
  [
    "User.query.filter(db.text('1 = 1'))",
    "db.text('1 = 1') is no condition on columns that is translated",
    "filter({ [raw(…)]: … }) with the SQL of (db.text('1 = 1'))",
  ],
  [
    'User.query.group_by(User.username).all()',
    'group_by() of a query is not translated',
    'em.createQueryBuilder(User)',
  ],
  [
    'User.query.with_entities(User.id)',
    'with_entities() of a query is not translated',
    'em.createQueryBuilder(User)',
  ],
  [
    'User.query.join(Post).all()',
    'Only a join to one object by one relation is translated',
    'User.query.filter({ relation: { property: … } })',
  ],
  ["User.query.order_by('username')", "'username' is no order by a column", "orderBy({ property: 'desc' })"],
  [
    'db.session.query(User.username, Post.title).all()',
    'Rows of several tables are not translated',
    'User.query.all().map(user => [user.id, user.username])',
  ],
  [
    'db.session.query(User.posts).all()',
    'Rows of relations are not translated',
    'User.query.all().map(user => [user.id, user.username])',
  ],
  [
    'db.session.query(User.password).distinct().all()',
    'Two rows that are alike are told apart by their keys here',
    '[...new Set(db.session.query(User).all().map(row => row.password))]',
  ],
  [
    'db.session.query(User, Post).all()',
    'Rows of several things are not translated',
    'User.query.all().map(user => [user.id, user.username])',
  ],
  ["db.session.execute('select 1')", 'db.session.execute() is not translated', "em.execute('select …')"],
  ['db.session.execute(db.select(User)).all()', 'Rows come as tuples', 'User.query.all()'],
  ['db.session.close()', 'db.session.close() is not translated', 'db.session.rollback()'],
  ['db.engine', 'db.engine is not translated', 'db.session'],
  [
    "User.query.filter_by(username='x').update({'email': 'y'}, synchronize_session=False)",
    'update() of a query is not translated',
    'em.createQueryBuilder(User)',
  ],
  ["print('a', end='')", 'end= of print() is not translated', 'process.stdout.write(text)'],
  ['print(*names)', '*names is not translated here', 'f(...list), new User({ ...fields })'],
  ['[*names]', '* is not translated here', '[...list, item]'],
  ['{**ages}', '** is not translated here', 'new Map([...map, [key, value]])'],
  ['async def q(): pass', 'async is not translated', 'function q() { … }'],
  ['x: int', 'A declaration without a value is not translated', 'let x'],
  ['(y := 3)', 'y := 3 is not translated', ''],
  ['names.pop()', 'The method pop() is not translated', 'names.pop()'],
  ["names.remove('x')", 'The method remove() is not translated', "names.remove('x')"],
  ['names.sort()', 'The method sort() is not translated', 'names.sort()'],
  ["names[0] = 'x'", 'An item of a list is set though there is none', 'names[0] = …'],
  ['x & 1', 'The operator & is not translated', 'x & 1'],
  ['1j', 'JavaScript has no complex numbers', ''],
  ["b'abc'", 'Bytes are not translated', "Buffer.from('…')"],
  ['zip(names, names)', 'zip() is not translated', 'xs.map((x, index) => [x, ys[index]])'],
  ['input()', 'input() is not translated', "'…'"],
  ["open('f')", 'open() is not translated', "require('node:fs').readFileSync(file, 'utf8')"],
  ["eval('1')", 'eval() is not translated', ''],
  ['print "hello"', 'This is the print of Python 2', 'console.log(…)'],
  ['for q in unknown_list: pass', 'unknown_list has no value that is known here', 'unknown_list = …'],
  ['x // y', 'Python refuses to divide by zero, and JavaScript answers Infinity', 'Math.floor(x / y)'],
  [
    `def name_of(user: User):
    return user.username

name_of(x)`,
    'name_of() was translated for a User, and is given something else',
    '',
  ],
  [
    `query = User.query
query.group_by(User.id)`,
    'group_by() of a query is not translated',
    'em.createQueryBuilder(User)',
  ],
  [
    'User.query.filter(User.username == unknown_name)',
    'unknown_name has no value that is known here',
    'unknown_name = …',
  ],
  [
    `if unknown_name:
    pass`,
    'unknown_name has no value that is known here',
    'unknown_name = …',
  ],
  [
    `def maybe(a):
    if a:
        return 1`,
    'It is not known what a holds, and empty lists are true in JavaScript',
    'a != null, or a.length > 0',
  ],
  ['corey.nothing()', 'The method nothing() is not translated', 'corey.nothing()'],
  ['db.session.add(unknown_name)', 'unknown_name has no value that is known here', 'unknown_name = …'],
  ['db.session.expire_all()', 'db.session.expire_all() is not translated', 'db.session.commit()'],
  [
    'Post.query.join(User).filter(db.or_(Post.id == 1, User.id == 1)).all()',
    'or_() and ~ over a join are not translated',
    'filter({ $or: [{ relation: { … } }, …] })',
  ],
  [
    'User.query.filter_by(username=User.query)',
    'username is given a query and not its rows',
    'User.query.first()',
  ],
  ['[n for n in names if n > 3]', '3 may hold what Python cannot order, and JavaScript would', 'n > 3'],
  [
    'Post.query.get(1).user_id + 1',
    'It is not known what Post.query.get(1).userId holds, and + would not fail in JavaScript where it does in Python',
    'Post.query.get(1).userId + 1',
  ],
  [
    'f"{corey.posts}"',
    'corey.posts may read in another way in JavaScript than in Python',
    '`${corey.posts}`',
  ],
  [
    'sorted(User.query.all())',
    'It is not known how the keys are ordered',
    'User.query.all().toSorted((a, b) => a.id - b.id)',
  ],
  ['{[1]: 2}', 'A Map of JavaScript tells two equal keys apart', 'new Map([[[1], 2]])'],
  ['print(corey.posts, end="")', 'end= of print() is not translated', 'process.stdout.write(text)'],
  ['names[x]["a"]', "It is not known what names.at(x)['a'] is", "names.at(x)['a']"],
];
