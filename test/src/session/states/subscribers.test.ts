// The numbers in the names are those of docs/session.md.
import { ChangeSetType, defineEntity, type EventSubscriber, type FlushEventArgs, p } from '@mikro-orm/core';
import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';
import { outcome } from '../../../support/outcome.ts';

const note = defineEntity({
  name: 'Note',
  properties: {
    id: p.integer().primary(),
    text: p.string().unique(),
    gone: p.boolean().nullable(),
  },
});
class Note extends note.class {}
note.setClass(Note);

const entry = defineEntity({
  name: 'Entry',
  properties: { id: p.integer().primary(), text: p.string() },
});
class Entry extends entry.class {}
entry.setClass(Entry);

/** Marks a note in the place of deleting it, and writes an entry for each new one. */
const subscriber: EventSubscriber = {
  onFlush({ uow }: FlushEventArgs) {
    for (const { type, entity } of uow.getChangeSets()) {
      if (!(entity instanceof Note)) continue;
      if (type === ChangeSetType.DELETE) {
        entity.gone = true;
        uow.computeChangeSet(entity, ChangeSetType.UPDATE);
      } else if (type === ChangeSetType.CREATE) {
        uow.computeChangeSet(Object.assign(new Entry(), { text: entity.text }));
      }
    }
  },
};

const made = (text: string) => Object.assign(new Note(), { text });

describe.each(dialects)('a subscriber that changes what is flushed, on %s', dialect => {
  const withNotes = (test: (session: Session, a: Note, b: Note) => Promise<void>) =>
    inSession(
      dialect,
      async session => {
        session.em.getEventManager().registerSubscriber(subscriber);
        const [a, b] = [made('a'), made('b')];
        session.addAll([a, b]);
        await session.commit();
        await test(session, a, b);
      },
      { entities: [Note, Entry], ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    );

  const entries = async (session: Session) =>
    (await session.query(Entry).orderBy('text').all()).map(({ text }) => text);
  const rows = (session: Session) => session.em.execute('select text, gone from note order by text');

  it('19: what it made is made again by the commit that is mended, once', () =>
    withNotes(async (session, a) => {
      const twin = made('a');
      session.addAll([made('c'), twin]);
      expect(await outcome(() => session.commit())).toBe('UniqueViolation');
      expect(String(session.pending)).toBe('2 new (Note)');
      twin.text = 'd';
      expect(String(await session.commit())).toBe('committed 4 new (Entry, Note)');
      expect(await entries(session)).toEqual(['a', 'b', 'c', 'd']);
      expect(await session.read(a, 'text')).toBe('a');
      expect(String(await session.commit())).toBe('nothing to commit');
    }));

  it('19: what it made in a flush is made again once, should the commit fail', () =>
    withNotes(async session => {
      const twin = made('a');
      session.add(made('c'));
      expect(String(await session.flush())).toBe('flushed 2 new (Entry, Note)');
      session.add(twin);
      expect(await outcome(() => session.commit())).toBe('UniqueViolation');
      expect(String(session.pending)).toBe('2 new (Note)');
      session.expunge(twin);
      expect(String(await session.commit())).toBe('committed 2 new (Entry, Note)');
      expect(await entries(session)).toEqual(['a', 'b', 'c']);
      session.add(made('d'));
      await session.flush();
      expect(String(await session.rollback())).toBe('rolled back 2 new (Entry, Note)');
      expect(String(await session.commit())).toBe('nothing to commit');
    }));

  it('19, 33: what it changes of a new object is written by the commit that is mended', () =>
    withNotes(async (session, a) => {
      session.em.getEventManager().registerSubscriber({
        onFlush({ uow }: FlushEventArgs) {
          for (const { entity } of uow.getChangeSets()) {
            if (!(entity instanceof Note)) continue;
            entity.gone = false;
            uow.recomputeSingleChangeSet(entity);
          }
        },
      });
      const twin = made('a');
      session.add(twin);
      expect(await outcome(() => session.commit())).toBe('UniqueViolation');
      twin.text = 'c';
      await session.commit();
      expect(await session.read(twin, 'text')).toBe('c');
      expect([await session.get(Note, twin.id), await session.get(Note, a.id)]).toEqual([twin, a]);
    }));

  it('18: rollback() takes it back', () =>
    withNotes(async session => {
      session.add(made('c'));
      await session.flush();
      await session.rollback();
      expect(String(await session.commit())).toBe('nothing to commit');
      expect(await entries(session)).toEqual(['a', 'b']);
    }));

  it('17, 18, 19: a row that it keeps from being deleted is changed, also after a commit that failed', () =>
    withNotes(async (session, a, b) => {
      await session.remove(a);
      const twin = made('b');
      session.add(twin);
      expect(await outcome(() => session.commit())).toBe('UniqueViolation');
      expect(String(session.pending)).toBe('1 new (Note), 1 removed (Note)');
      session.expunge(twin);
      expect(String(await session.commit())).toBe('committed 1 changed (Note)');
      expect((await rows(session)).map(({ gone }) => Boolean(gone))).toEqual([true, false]);
      expect([await session.read(a, 'gone'), await session.get(Note, a.id)]).toEqual([true, a]);
      await session.remove(b);
      await session.flush();
      expect(await session.read(b, 'gone')).toBe(true);
      await session.rollback();
      expect(await session.read(b, 'gone')).toBeNull();
      expect(String(await session.commit())).toBe('nothing to commit');
    }));

  const throwing = (session: Session) => {
    const afterwards = { throws: true };
    session.em.getEventManager().registerSubscriber({
      afterTransactionCommit() {
        if (afterwards.throws) throw new RangeError('after the commit');
        return Promise.resolve();
      },
    });
    return afterwards;
  };

  it.each(['commit()', 'em.flush()', 'em.transactional()'])(
    '19: what %s has committed is committed, though a subscriber throws then',
    by =>
      withNotes(async (session, a) => {
        const afterwards = throwing(session);
        const added = made('c');
        session.add(added);
        a.gone = true;
        const write = {
          'commit()': () => session.commit(),
          'em.flush()': () => session.em.flush(),
          'em.transactional()': () => session.em.transactional(() => Promise.resolve()),
        }[by];
        await expect(write?.()).rejects.toThrow(RangeError);
        afterwards.throws = false;
        expect(String(await session.commit())).toBe('nothing to commit');
        expect(String(await session.rollback())).toBe('nothing to roll back');
        expect((await rows(session)).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
        expect([session.has(added), session.has(a)]).toEqual([true, true]);
        expect(await session.read(added, 'text')).toBe('c');
        expect(await session.read(a, 'gone')).toBe(true);
      }),
  );
});
