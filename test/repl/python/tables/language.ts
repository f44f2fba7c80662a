import type { Row } from './row.ts';

export const language: readonly Row[] = [
  ['1 + 2 * 3', '1 + 2 * 3'],
  ['(1 + 2) * 3', '(1 + 2) * 3'],
  ['7 // 2', 'Math.floor(7 / 2)'],
  ['-7 // 2', 'Math.floor(-7 / 2)'],
  ['7 % 3', '7 % 3'],
  ['-7 % 3', '(-7 % 3 + 3) % 3'],
  ['7 / 2', '7 / 2'],
  ['2 ** 10', '2 ** 10'],
  ['-3 + 1', '-3 + 1'],
  ['x = 5', 'x = 5'],
  ['x -= 2', 'x -= 2'],
  ['x', 'x'],
  ['x * -1', 'x * -1'],
  ['-x % 4', '(-x % 4 + 4) % 4'],
  ['x > 2 and x < 10', 'x > 2 && x < 10'],
  ['1 < x < 3', '1 < x && x < 3'],
  ['not x == 3', '!(x === 3)'],
  ['x == 3 or x == 4', 'x === 3 || x === 4'],
  ['x if x > 3 else 0', 'x > 3 ? x : 0'],
  ["0 or 'default'", "0 || 'default'"],
  ["'' and 'never'", "'' && 'never'"],
  ['True', 'true'],
  ['None', 'null'],
  ['not None', '!null'],
  ['None is None', 'null == null'],
  ["'a' + 'b'", "'a' + 'b'"],
  ["'ab' * 3", "'ab'.repeat(3)"],
  ["'it\\'s'", "'it\\'s'"],
  ['"say \\"hi\\""', '\'say "hi"\''],
  ["'tab\\there'", "'tab\\there'"],
  ["r'raw\\n'", "'raw\\\\n'"],
  [
    `'''three
lines'''`,
    "'three\\nlines'",
  ],
  ["'a' 'b'", "'ab'"],
  ["f'{x} and {x + 1}'", '`${x} and ${x + 1}`'],
  ['f"{corey.username}\'s posts: {len(corey.posts)}"', "`${corey.username}'s posts: ${corey.posts.length}`"],
  ["f'{{}} {True} {None}'", "`{} ${true ? 'True' : 'False'} ${'None'}`"],
  ["f'{x:.2f}'", '`${x.toFixed(2)}`'],
  ["'Hello %s, %d' % (corey.username, x)", '`Hello ${corey.username}, ${x}`'],
  ["'{} has {}'.format(corey.username, x)", '`${corey.username} has ${x}`'],
  ["'{0}-{1}-{0}'.format('a', 'b')", "`${'a'}-${'b'}-${'a'}`"],
  ["str(x) + '!'", "`${x}` + '!'"],
  ['str(None)', "`${'None'}`"],
  ['str(True)', "`${true ? 'True' : 'False'}`"],
  ["len('abc')", "[...'abc'].length"],
  ["len('naïve 😀')", "[...'naïve 😀'].length"],
  [
    "'abc'[0]",
    `function itemAt(list, index) {
  if (index >= list.length || index < -list.length) throw new RangeError('list index out of range')
  return list.at(index)
}
itemAt([...'abc'], 0)`,
  ],
  ["'abc'[-1]", "itemAt([...'abc'], -1)"],
  ["'abcdef'[1:3]", "[...'abcdef'].slice(1, 3).join('')"],
  ["'abc'[::-1]", "[...'abc'].toReversed().join('')"],
  ["'corey'.upper()", "'corey'.toUpperCase()"],
  ["' x '.strip()", "' x '.trim()"],
  ["'a,b'.split(',')", "'a,b'.split(',')"],
  ["'-'.join(['a', 'b'])", "['a', 'b'].join('-')"],
  ["'abc'.replace('b', '$&')", "'abc'.replaceAll('b', () => '$&')"],
  ["'abc'.startswith('a')", "'abc'.startsWith('a')"],
  ["'b' in 'abc'", "'abc'.includes('b')"],
  ["'z' not in 'abc'", "!'abc'.includes('z')"],
  ["'a' < 'b'", "'a' < 'b'"],
  ["names = ['Zoe', 'Alex', 'Corey']", "names = ['Zoe', 'Alex', 'Corey']"],
  ['names', 'names'],
  ['names[0]', 'itemAt(names, 0)'],
  ['names[-1]', 'itemAt(names, -1)'],
  ['names[5]', 'itemAt(names, 5)'],
  ['names[1:]', 'names.slice(1)'],
  ['names[:-1]', 'names.slice(0, -1)'],
  ['names[::-1]', 'names.toReversed()'],
  ['len(names)', 'names.length'],
  ["names.append('Bob')", "names.push('Bob')"],
  ['names', 'names'],
  ["names + ['x']", "[...names, ...['x']]"],
  ["'Alex' in names", "names.includes('Alex')"],
  ['sorted(names)', 'names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))'],
  ['sorted(names, reverse=True)', 'names.toSorted((a, b) => (b < a ? -1 : b > a ? 1 : 0))'],
  ['sorted(names, key=lambda n: len(n))', 'names.toSorted((a, b) => [...a].length - [...b].length)'],
  ['sorted(names, key=len)', 'names.toSorted((a, b) => [...a].length - [...b].length)'],
  ['[n.lower() for n in names]', 'names.map(n => n.toLowerCase())'],
  ["[n for n in names if n != 'Zoe']", "names.filter(n => n !== 'Zoe')"],
  [
    "[n.upper() for n in names if len(n) > 3 and n < 'D']",
    "names.filter(n => [...n].length > 3 && n < 'D').map(n => n.toUpperCase())",
  ],
  ['[(i, n) for i, n in enumerate(names)]', '[...names.entries()].map(([i, n]) => [i, n])'],
  ['[i * 2 for i in range(4)]', 'Array.from({ length: 4 }, (_, index) => index).map(i => i * 2)'],
  [
    '[i for i in range(-3, 3) if i % 2 == 0]',
    'Array.from({ length: 6 }, (_, index) => index + -3).filter(i => i % 2 === 0)',
  ],
  ['list(range(3))', 'Array.from({ length: 3 }, (_, index) => index)'],
  ['sum([1, 2, 3])', '[1, 2, 3].reduce((sum, each) => sum + each, 0)'],
  [
    'sum(i for i in range(5))',
    'Array.from({ length: 5 }, (_, index) => index).map(each => each).reduce((sum, each) => sum + each, 0)',
  ],
  ['min(3, 1, 2)', 'Math.min(3, 1, 2)'],
  ['max(1, x)', 'Math.max(1, x)'],
  ['abs(-4)', 'Math.abs(-4)'],
  ["any(n == 'Zoe' for n in names)", "names.some(n => n === 'Zoe')"],
  ['all(len(n) > 2 for n in names)', 'names.every(n => [...n].length > 2)'],
  ["any(n.startswith('Q') for n in names)", "names.some(n => n.startsWith('Q'))"],
  ['list(map(lambda n: n.upper(), names))', 'names.map(n => n.toUpperCase())'],
  ["list(filter(lambda n: n > 'B', names))", "names.filter(n => n > 'B')"],
  ['list(reversed(names))', 'names.toReversed()'],
  ["pair = (1, 'two')", "pair = [1, 'two']"],
  ['pair', 'pair'],
  ['pair[1]', 'pair[1]'],
  ['a, b = pair', '[a, b] = pair'],
  ['b', 'b'],
  ['a, b = b, a', '[a, b] = [b, a]'],
  ['a', 'a'],
  ['lengths = {n: len(n) for n in names}', 'lengths = new Map(names.map(n => [n, [...n].length]))'],
  ['lengths', 'lengths'],
  [
    "lengths['Zoe']",
    "function entryAt(map, key) {\n  if (!map.has(key)) throw new RangeError(`there is no key ${key}`)\n  return map.get(key)\n}\nentryAt(lengths, 'Zoe')",
  ],
  ["lengths['nobody']", "entryAt(lengths, 'nobody')"],
  ["lengths.get('nobody')", "(lengths.get('nobody') ?? null)"],
  ["lengths.get('nobody', 0)", "(lengths.get('nobody') ?? 0)"],
  ["'Zoe' in lengths", "lengths.has('Zoe')"],
  ["lengths['New'] = 3", "lengths.set('New', 3)"],
  ['len(lengths)', 'lengths.size'],
  ['[k for k, v in lengths.items() if v > 3]', '[...lengths].filter(([k, v]) => v > 3).map(([k, v]) => k)'],
  ['list(lengths.keys())', '[...[...lengths.keys()]]'],
  ['list(lengths.values())', '[...[...lengths.values()]]'],
  ["ages = {'a': 1, 'b': 2}", "ages = new Map([['a', 1], ['b', 2]])"],
  ["ages['b']", "entryAt(ages, 'b')"],
  ['empty = []', 'empty = []'],
  ['not empty', 'empty.length === 0'],
  ["'yes' if empty else 'no'", "empty.length > 0 ? 'yes' : 'no'"],
  ['unique = {1, 2, 2, 3}', 'unique = new Set([1, 2, 2, 3])'],
  ['len(unique)', 'unique.size'],
  ['2 in unique', 'unique.has(2)'],
  ['total = 0', 'total = 0'],
  [
    `for n in names:
    total += len(n)`,
    `for (n of names) {
  total += [...n].length
}`,
  ],
  ['total', 'total'],
  [
    `for i, n in enumerate(names, start=1):
    print(i, n)`,
    `for ([i, n] of names.map((each, index) => [index + 1, each])) {
  console.log(i, n)
}`,
  ],
  [
    `for k, v in ages.items():
    print(k, v)`,
    'for (const [k, v] of ages) {\n  console.log(`${k} ${v}`)\n}',
  ],
  [
    `for i in range(3):
    if i == 1:
        continue
    print(i)`,
    `for (i of Array.from({ length: 3 }, (_, index) => index)) {
  if (i === 1) {
    continue
  }
  console.log(i)
}`,
  ],
  [
    `while x < 6:
    x += 1
    if x == 5:
        break`,
    `while (x < 6) {
  x += 1
  if (x === 5) {
    break
  }
}`,
  ],
  ['x', 'x'],
  [
    `if x > 10:
    print('big')
elif x == 5:
    print('five')
else:
    print('small')`,
    `if (x > 10) {
  console.log('big')
} else if (x === 5) {
  console.log('five')
} else {
  console.log('small')
}`,
  ],
  ["print('a', 1, 'b')", "console.log('a', 1, 'b')"],
  ["print('100%s', 'x')", "console.log(`${'100%s'} ${'x'}`)"],
  ["print('a', 'b', sep='-')", "console.log(['a', 'b'].join('-'))"],
  ["print(f'{corey.username}')", 'console.log(`${corey.username}`)'],
  [
    `def double(n: int):
    return n * 2`,
    `function double(n) {
  return n * 2
}`,
  ],
  ['double(4)', 'double(4)'],
  [
    `def describe(user: User, suffix='!'):
    """Says who somebody is."""
    if not user.posts:
        return f'{user.username} has none'
    titles = []
    for post in user.posts:
        titles.append(post.title)
    return ', '.join(titles) + suffix`,
    "function describe(user, suffix = '!') {\n  // Says who somebody is.\n  if (user.posts.length === 0) {\n    return `${user.username} has none`\n  }\n  let titles = []\n  for (const post of user.posts) {\n    titles.push(post.title)\n  }\n  return titles.join(', ') + suffix\n}",
  ],
  ['describe(corey)', 'describe(corey)'],
  ["describe(zoe, suffix='?')", "describe(zoe, '?')"],
  [
    `def longest(words: str, more: str):
    if len(words) > len(more):
        best = words
    else:
        best = more
    return best`,
    `function longest(words, more) {
  let best
  if ([...words].length > [...more].length) {
    best = words
  } else {
    best = more
  }
  return best
}`,
  ],
  ["longest('abc', 'de')", "longest('abc', 'de')"],
  ['square = lambda n: n', 'square = n => n'],
  ['square(3)', 'square(3)'],
  [
    'sorted(User.query.all(), key=lambda u: u.username)',
    'User.query.all().toSorted((a, b) => (a.username < b.username ? -1 : a.username > b.username ? 1 : 0))',
  ],
  [
    'sorted(corey.posts, key=lambda p: p.title, reverse=True)',
    '[...corey.posts].toSorted((a, b) => (b.title < a.title ? -1 : b.title > a.title ? 1 : 0))',
  ],
  [
    "[f'{p.title} by {p.author.username}' for p in Post.query.all() if p.author]",
    'Post.query.all().filter(p => p.author).map(p => `${p.title} by ${p.author.username}`)',
  ],
  [
    '{u.username: len(u.posts) for u in User.query.all()}',
    'new Map(User.query.all().map(u => [u.username, u.posts.length]))',
  ],
  [
    '[p.title for u in User.query.order_by(User.id) for p in u.posts]',
    "User.query.orderBy('id').all().flatMap(u => [...u.posts].map(p => p.title))",
  ],
  [
    `for user in User.query.order_by(User.id).all():
    print(f'{user.username}:')
    for post in user.posts:
        print('-', post.title)`,
    "for (const user of User.query.orderBy('id').all()) {\n  console.log(`${user.username}:`)\n  for (const post of user.posts) {\n    console.log('-', post.title)\n  }\n}",
  ],
  ['isinstance(corey, User)', 'corey instanceof User'],
  ["isinstance('x', str)", "typeof 'x' === 'string'"],
  ['x = y = 2', 'x = y = 2'],
  ['y', 'y'],
];
