// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
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
});
