// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects, inSession } from '../../support/databases.ts';

const readingSchema = defineEntity({
  name: 'Reading',
  properties: {
    sensor: p.integer().primary(),
    at: p.datetime(3).primary(),
    value: p.integer(),
    notes: () => p.oneToMany(Note).mappedBy('reading'),
  },
});

class Reading extends readingSchema.class {}

readingSchema.setClass(Reading);

const noteSchema = defineEntity({
  name: 'Note',
  properties: {
    reading: () => p.manyToOne(Reading).primary(),
    no: p.integer().primary(),
    text: p.string(),
  },
});

class Note extends noteSchema.class {}

noteSchema.setClass(Note);

/** Its key is a date alone. */
const tickSchema = defineEntity({
  name: 'Tick',
  properties: {
    at: p.datetime(3).primary(),
    value: p.integer(),
    version: p.integer().version(),
    next: () => p.manyToMany(Tick).owner(),
  },
});

class Tick extends tickSchema.class {
  override next = new Collection<Tick>(this);
}

tickSchema.setClass(Tick);

const tagSchema = defineEntity({
  name: 'Tag',
  properties: { tick: () => p.oneToOne(Tick).primary().owner(), text: p.string() },
});

class Tag extends tagSchema.class {}

tagSchema.setClass(Tag);

/** The note, and with it the moment, is a part of its key. */
const lineSchema = defineEntity({
  name: 'Line',
  properties: {
    note: () => p.manyToOne(Note).primary(),
    row: p.integer().primary(),
    text: p.string(),
  },
});

class Line extends lineSchema.class {}

lineSchema.setClass(Line);

/** Moments of one second. */
const moments = [1, 20, 300].map(ms => new Date(1_700_000_000_000 + ms));

describe.each(dialects)('keys with dates within a second on %s', dialect => {
  it('22, 33: are those of rows of their own', async () => {
    await inSession(
      dialect,
      async session => {
        for (const [i, at] of moments.entries()) {
          const reading = Object.assign(new Reading(), { sensor: 1, at, value: i });
          session.add(Object.assign(new Note(), { reading, no: 1, text: `n${i}` }));
        }
        await session.commit();
        session.em.clear();
        const readings = await session.query(Reading).orderBy('value').all();
        const notes = await session.query(Note).populate('reading').orderBy('text').all();
        expect(readings.map(one => session.has(one))).toEqual([true, true, true]);
        expect(notes.map(note => readings.indexOf(note.reading))).toEqual([0, 1, 2]);
        expect(await session.query(Reading).get([1, moments[1]])).toBe(readings[1]);
        expect(await session.query(Reading).all()).toEqual(readings);
        for (const reading of readings) reading.value += 10;
        for (const note of notes) note.text += '!';
        expect(String(await session.commit())).toBe('committed 6 changed (Note, Reading)');
        await session.remove(notes[1]!);
        await session.commit();
        await session.remove(readings[1]!);
        expect(String(await session.commit())).toBe('committed 1 removed (Reading)');
        session.em.clear();
        const left = await session.query(Reading).populate('notes').orderBy('value').all();
        expect(
          left.map(one => [one.at.getMilliseconds(), one.value, one.notes.map(({ text }) => text)]),
        ).toEqual([
          [1, 10, ['n0!']],
          [300, 12, ['n2!']],
        ]);
      },
      { entities: [Reading, Note] },
    );
  });

  it('22, 33: also where the date is the whole key', async () => {
    await inSession(
      dialect,
      async session => {
        const made = moments.map((at, value) => Object.assign(new Tick(), { at, value }));
        for (const tick of made) session.add(Object.assign(new Tag(), { tick, text: `t${tick.value}` }));
        for (const tick of made) made[0]?.next.add(tick);
        await session.commit();
        expect(await session.query(Tick).orderBy('value').all()).toEqual(made);
        session.em.clear();
        const tags = await session.query(Tag).orderBy('text').all();
        const ticks = await session.query(Tick).populate('next').orderBy('value').all();
        expect(new Set(ticks).size).toBe(3);
        expect(tags.map(({ tick }) => ticks.indexOf(tick))).toEqual([0, 1, 2]);
        expect(ticks[0]?.next.getItems().map(tick => ticks.indexOf(tick))).toEqual([0, 1, 2]);
        expect(session.dirty).toEqual([]);
        for (const tick of ticks) tick.value += 10;
        expect(String(await session.commit())).toBe('committed 3 changed (Tick)');
        for (const tick of ticks) await session.touch(tick);
        expect(ticks.map(({ value, version }) => [value, version])).toEqual([
          [10, 2],
          [11, 2],
          [12, 2],
        ]);
        const rows = moments.map((at, value) => ({ at, value }));
        expect(await session.em.upsertMany(Tick, rows)).toEqual(ticks);
        await session.rollback();
        const [, second] = ticks;
        const key = Number(moments[1]);
        for (const given of [moments[1], key, new Date(key).toISOString(), { at: moments[1] }])
          expect((await session.get(Tick, given)) === second).toBe(true);
        const lost = session.em.getReference(Tick, new Date(key + 5) as never);
        session.add(Object.assign(new Tag(), { tick: lost, text: 'x' }));
        await expect(session.commit()).rejects.toThrow(
          'Tick 2023-11-14T22:13:20.025Z is not in the database, and Tag.tick refers to it',
        );
        await session.rollback();
        await session.remove(tags[1]!);
        second!.at = new Date(key + 3);
        await session.commit();
        expect(await session.get(Tick, key)).toBe(null);
        expect((await session.get(Tick, key + 3)) === second).toBe(true);
        second!.at = new Date('none');
        expect(session.dirty).toEqual([second]);
      },
      { entities: [Tick, Tag, Reading, Note] },
    );
  });

  it('22, 33: a reference made from the key is the object of the row', async () => {
    await inSession(
      dialect,
      async session => {
        for (const [value, at] of moments.entries()) {
          const reading = Object.assign(new Reading(), { sensor: 1, at, value });
          const note = Object.assign(new Note(), { reading, no: 1, text: 'n' });
          session.add(Object.assign(new Line(), { note, row: 1, text: `l${value}` }));
          session.add(Object.assign(new Tick(), { at, value }));
        }
        await session.commit();
        const at = moments[1]!;
        const kinds = [
          [Tick, [at, Number(at), at.toISOString(), [at], { at }], 'value'],
          [Reading, [[1, at], [1, Number(at)], { sensor: 1, at }], 'value'],
          [Line, [[[[1, at], 1], 1], { note: { reading: { sensor: 1, at }, no: 1 }, row: 1 }], 'text'],
        ] as const;
        for (const [type, keys, order] of kinds)
          for (const key of keys) {
            session.em.clear();
            const reference = session.em.getReference(type as typeof Tick, key as never);
            const all = await session
              .query(type as typeof Tick)
              .orderBy(order)
              .all();
            expect([all.length, all.indexOf(reference)]).toEqual([3, 1]);
          }
      },
      { entities: [Reading, Note, Line, Tick, Tag] },
    );
  });

  it('34: what refers to them follows, each its own', async () => {
    await inSession(
      dialect,
      async session => {
        const readings = moments.map((at, value) => Object.assign(new Reading(), { sensor: 1, at, value }));
        const notes = readings.map(reading => Object.assign(new Note(), { reading, no: 1, text: 'n' }));
        session.addAll(notes);
        await session.commit();
        for (const one of [...readings, ...notes]) await session.touch(one);
        for (const [i, reading] of readings.entries()) reading.at = new Date(Number(reading.at) + 400 + i);
        for (const note of notes) note.text += '!';
        expect(String(await session.commit())).toBe('committed 6 changed (Note, Reading)');
        session.em.clear();
        const left = await session.query(Note).populate('reading').all();
        expect(left.map(({ reading, text }) => [reading.at.getMilliseconds(), reading.value, text])).toEqual([
          [401, 0, 'n!'],
          [421, 1, 'n!'],
          [702, 2, 'n!'],
        ]);
      },
      { entities: [Reading, Note] },
    );
  });
});
