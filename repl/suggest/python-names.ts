/** Names of Python, and what JavaScript calls them. */
export const pythonNames: Readonly<Record<string, string>> = {
  None: 'null',
  True: 'true',
  False: 'false',
};

/** Functions of Python, and how JavaScript writes a call of them. */
export const pythonCalls: Readonly<Record<string, (args: readonly string[]) => string>> = {
  print: args => `console.log(${args.join(', ')})`,
  len: ([list]) => `${list}.length`,
  str: ([value]) => `String(${value})`,
  int: ([value]) => `Number(${value})`,
  float: ([value]) => `Number(${value})`,
  bool: ([value]) => `Boolean(${value})`,
  list: ([value]) => `[...${value}]`,
  sorted: ([value]) => `${value}.toSorted()`,
  reversed: ([value]) => `${value}.toReversed()`,
  dir: ([value]) => `Object.keys(${value})`,
  vars: ([value]) => `Object.entries(${value})`,
  type: ([value]) => `${value}.constructor`,
  isinstance: ([value, of]) => `${value} instanceof ${of}`,
  hasattr: ([value, name]) => `${name} in ${value}`,
  getattr: ([value, name]) => `${value}[${name}]`,
  sum: ([list]) => `${list}.reduce((sum, each) => sum + each, 0)`,
  any: ([list]) => `${list}.some(Boolean)`,
  all: ([list]) => `${list}.every(Boolean)`,
};

/** Methods of Python's lists and texts, and what may be meant here, the likeliest first. */
export const pythonMembers: Readonly<Record<string, readonly string[]>> = {
  append: ['add', 'push'],
  extend: ['add', 'push'],
  insert: ['splice', 'add'],
  upper: ['toUpperCase'],
  lower: ['toLowerCase'],
  strip: ['trim'],
  startswith: ['startsWith'],
  endswith: ['endsWith'],
  index: ['indexOf'],
  isoformat: ['toISOString'],
  first_or_404: ['firstOrFail'],
  get_or_404: ['getOrFail'],
  one_or_none: ['oneOrNone'],
  scalar: ['one'],
  scalars: ['all'],
};
