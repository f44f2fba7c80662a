// The numbers in the names are those of docs/session.md.
import { defineEntity, type EventArgs, p } from '@mikro-orm/core';
import { describe, expect, it } from '@jest/globals';
import { dialects, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

let hook: (args: EventArgs<object>) => unknown = () => {};

class Note {
  declare id: number;
  declare text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const run = (args: EventArgs<object>) => hook(args) as Promise<void>;

defineEntity({
  name: 'Note',
  properties: { id: p.integer().primary(), text: p.string().unique() },
  hooks: {
    beforeCreate: [run],
    afterCreate: [run],
    beforeUpdate: [run],
    afterUpdate: [run],
    beforeDelete: [run],
    afterDelete: [run],
  },
}).setClass(Note);

const inNotes = async (
  dialect: (typeof dialects)[number],
  test: (session: Session) => Promise<void>,
): Promise<void> => {
  hook = () => {};
  await inSession(dialect, test, { entities: [Note] });
};

const busy = {
  name: 'InvalidState',
  message: expect.stringContaining('The session cannot be asked while it is at work, as in a lifecycle hook'),
};

describe.each(dialects)('a lifecycle hook on %s', dialect => {
  it('19: that asks the session fails instead of waiting for itself, and nothing staged is lost', async () => {
    await inNotes(dialect, async session => {
      const calls = [
        () => session.query(Note).all(),
        () => session.commit(),
        () => session.flush(),
        () => session.rollback(),
        () => session.get(Note, 1),
        () => session.nested(async () => {}),
        () => session.createAll(),
      ];
      const note = new Note('a');
      session.add(note);
      for (const call of calls) {
        hook = call;
        await expect(session.commit()).rejects.toMatchObject(busy);
        await expect(session.query(Note).all()).rejects.toMatchObject(busy);
        expect([session.new, session.em.isInTransaction()]).toEqual([[note], false]);
      }
      hook = () => {};
      expect(String(await session.commit())).toBe('committed 1 new (Note)');
    });
  });

  it('19: what it made or removed is not staged again without it after a commit() that failed', async () => {
    await inNotes(dialect, async session => {
      const other = new Note('other');
      session.add(other);
      await session.commit();
      const note = new Note('note');
      hook = ({ em, entity }) => {
        // Once it has a row.
        if (entity !== note || (note.id as number | undefined) === undefined) return;
        em.persist(new Note('made'));
        em.remove(other);
      };
      session.add(note);
      expect(String(await session.flush())).toBe('flushed 2 new (Note), 1 removed (Note)');
      const twin = new Note('note');
      session.add(twin);
      await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
      hook = () => {};
      session.expunge(twin);
      expect([session.new, session.deleted]).toEqual([[note], []]);
      session.expunge(note);
      expect(String(await session.commit())).toBe('nothing to commit');
      expect((await session.query(Note).all()).map(({ text }) => text)).toEqual(['other']);
    });
  });

  it('19: may read and change through its own em, and its own error is passed on', async () => {
    await inNotes(dialect, async session => {
      const seen: unknown[] = [];
      hook = async ({ em, entity }) => {
        seen.push(await em.getConnection().execute('select 1 as one', [], 'all', em.getTransactionContext()));
        if (seen.length === 1) (entity as Note).text += '!';
      };
      const note = new Note('a');
      session.add(note);
      await session.commit();
      expect(seen).toEqual([[{ one: 1 }], [{ one: 1 }]]);
      hook = () => {
        throw new RangeError('no');
      };
      await session.remove(note);
      await expect(session.commit()).rejects.toThrow(RangeError);
      expect(session.deleted).toEqual([note]);
      hook = () => {};
      expect(String(await session.commit())).toMatch(/1 removed \(Note\)/);
    });
  });

  it('of em.flush() may read through em', async () => {
    await inNotes(dialect, async session => {
      let count = -1;
      hook = async () => void (count = await session.em.count(Note));
      await session.em.begin();
      session.em.persist(new Note('a'));
      await session.em.flush();
      await session.commit();
      expect(count).toBe(1);
    });
  });
});
