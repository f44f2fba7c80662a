import { type Collection, p } from '@mikro-orm/core';
import { type Kind, type Target, targetOf, toOne } from './kind.ts';

const list = (n: number, targets: readonly Target[]) => (n === 0 ? [targets[0]] : targets.slice(1, n + 1));
const listShown = (n: number) => (n === 0 ? ['t0'] : ['t1', 't2'].slice(0, n));
const listed = (raw: string | null) => raw?.split(',').toSorted() ?? [];
const setList = (value: Collection<Target>, n: number, targets: readonly Target[]) =>
  value.set(list(n, targets) as Target[]);

/** Kinds of relations. */
export const relations = {
  one: {
    property:
      ({ target }) =>
      () =>
        p.manyToOne(target()).nullable(),
    column: targetOf('one_id'),
    ...toOne,
  },
  guide: {
    property:
      ({ target }) =>
      () =>
        p.manyToOne(target()).ref().nullable(),
    column: targetOf('guide_id'),
    ...toOne,
  },
  badge: {
    property:
      ({ target }) =>
      () =>
        p.oneToOne(target()).nullable(),
    column: targetOf('badge_id'),
    ...toOne,
  },
  seat: {
    property:
      ({ target }) =>
      () =>
        p
          .oneToOne(target())
          .mappedBy('holder' as never)
          .nullable(),
    otherSide: ({ subject }) => ({
      holder: () =>
        p
          .oneToOne(subject())
          .inversedBy('seat' as never)
          .nullable()
          .deleteRule('set null'),
    }),
    column: ({ target }) => `(select name from ${target} t where t.holder_id = subject.id)`,
    unread: true,
    isTwoSided: true,
    isOfTarget: true,
    ...toOne,
  },
  parts: {
    property:
      ({ target }) =>
      () =>
        p.oneToMany(target()).mappedBy('whole' as never),
    otherSide: ({ subject }) => ({
      whole: () =>
        p
          .manyToOne(subject())
          .inversedBy('parts' as never)
          .nullable()
          .deleteRule('set null'),
    }),
    value: list,
    mutate: setList,
    invalid: () => 5,
    shown: listShown,
    isList: true,
    column: ({ target, join }) => `(select ${join('name')} from ${target} t where t.whole_id = subject.id)`,
    read: listed,
    unread: true,
    isTwoSided: true,
    isOfTarget: true,
  },
  tags: {
    property:
      ({ target }) =>
      () =>
        p
          .manyToMany(target())
          .inversedBy('samples' as never)
          .joinColumn('subject_id')
          .inverseJoinColumn('target_id'),
    otherSide: ({ subject }) => ({ samples: () => p.manyToMany(subject()).mappedBy('tags' as never) }),
    value: list,
    mutate: setList,
    invalid: () => 5,
    shown: listShown,
    isList: true,
    column: ({ subject, target, join }) =>
      `(select ${join('name')} from ${target} t join ${subject}_tags j on t.id = j.target_id where j.subject_id = subject.id)`,
    read: listed,
    unread: true,
    isTwoSided: true,
  },
} satisfies Readonly<Record<string, Kind>>;
