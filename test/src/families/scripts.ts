export type StepName =
  | ('add' | 'look' | 'flush' | 'query' | 'commit' | 'rollback' | 'expire' | 'refresh' | 'remove' | 'expunge')
  | ('load' | 'reference' | 'stream' | 'fail' | 'bulk' | 'other session' | 'row gone');

/** What happens; to the first object and its first property, unless it says of which. */
export type Step =
  | StepName
  | readonly ['assign' | 'mutate', value: number]
  | readonly ['nested', ...Step[]]
  | readonly ['of', object: number, property: number, Step];
export type Script = readonly Step[];

/** The states that an object can be in, and how it gets there. */
export const states: Readonly<Record<string, Script>> = {
  transient: [],
  pending: ['add'],
  flushed: ['add', 'flush'],
  loaded: ['add', 'commit', 'look'],
  expired: ['add', 'commit'],
  'never looked at': ['add', 'commit', 'load'],
  reference: ['add', 'commit', 'reference'],
  streamed: ['add', 'commit', 'stream'],
  removed: ['add', 'commit', 'look', 'remove'],
  'removed and flushed': ['add', 'commit', 'look', 'remove', 'flush'],
  detached: ['add', 'commit', 'look', 'expunge'],
};

/** What happens to its property. */
export const happenings: Readonly<Record<string, Step>> = {
  assign: ['assign', 1],
  'mutate in place': ['mutate', 1],
  'assign what it was': ['assign', 0],
  'assign what cannot be written': ['assign', -1],
};

/** What follows, or surrounds it. */
export const followings: Readonly<Record<string, (happening: Step) => Script>> = {
  commit: happening => [happening, 'commit'],
  'look, commit': happening => [happening, 'look', 'commit'],
  rollback: happening => [happening, 'rollback'],
  'rollback, added again, commit': happening => [happening, 'rollback', 'add', 'look', 'commit'],
  'flush, rollback': happening => [happening, 'flush', 'rollback'],
  'flush, commit': happening => [happening, 'flush', 'look', 'commit'],
  'nested that fails': happening => [['nested', happening], 'look', 'commit'],
  'nested that flushes and fails': happening => [['nested', happening, 'flush'], 'look', 'commit'],
  'before a nested that fails': happening => [happening, ['nested', 'query'], 'look', 'commit'],
  'failed commit, mended, commit': happening => [happening, 'fail', 'commit'],
  'flush, failed commit, mended, commit': happening => [happening, 'flush', 'fail', 'look', 'commit'],
  'failed commit, rollback': happening => [happening, 'fail', 'rollback'],
  expire: happening => [happening, 'expire'],
  refresh: happening => [happening, 'refresh'],
  'query, commit': happening => [happening, 'query', 'look', 'commit'],
  'query, rollback': happening => [happening, 'query', 'rollback'],
  'bulk update, commit': happening => [happening, 'bulk', 'look', 'commit'],
  'bulk update, rollback': happening => [happening, 'bulk', 'rollback'],
  'bulk update, failed commit, commit': happening => [happening, 'bulk', 'fail', 'look', 'commit'],
  'bulk update before, commit': happening => ['bulk', happening, 'commit'],
  'bulk update before, failed commit, commit': happening => ['bulk', happening, 'fail', 'look', 'commit'],
  'another session, commit': happening => [happening, 'other session', 'commit'],
  'another session before, commit': happening => ['other session', happening, 'commit'],
  'row gone, commit': happening => [happening, 'row gone', 'commit', 'rollback'],
  'row gone, rollback': happening => [happening, 'row gone', 'rollback'],
};

/** One combination: a property of a kind of an object in a state, what happens to it, and what follows. */
export interface Combination {
  readonly kind: string;
  readonly state: string;
  readonly happening: string;
  readonly following: string;
}
