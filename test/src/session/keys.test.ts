// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { inSession, withMariadb } from '../../support/databases.ts';

class Student {
  declare id: number;
  declare version: number;
  name: string;
  marks = new Collection<Mark>(this);
  friends = new Collection<Student>(this);

  constructor(name: string) {
    this.name = name;
  }
}

/** Its key is the student and the course, and it goes with the student's list. */
class Mark {
  declare student: Student;
  course: string;
  value: number;

  constructor(course: string, value: number) {
    this.course = course;
    this.value = value;
  }
}

const student = defineEntity({
  name: 'Student',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    version: p.integer().version(),
    marks: () => p.oneToMany(Mark).mappedBy('student').orphanRemoval(),
    friends: () => p.manyToMany(Student),
  },
});
student.setClass(Student);
const mark = defineEntity({
  name: 'Mark',
  properties: {
    student: () => p.manyToOne(Student).primary(),
    course: p.string().primary(),
    value: p.integer(),
  },
});
mark.setClass(Mark);

const options = { entities: [Student, Mark] };

describe.each(withMariadb)('keys, versions and kinds on %s', dialect => {
  const withAnn = async (test: (session: Session, ann: Student) => Promise<void>) => {
    const run = async (session: Session) => {
      const ann = new Student('Ann');
      ann.marks.add(new Mark('math', 3));
      session.add(ann);
      await session.commit();
      await session.touch(ann);
      await session.touch(ann.marks);
      await test(session, ann);
    };
    await inSession(dialect, run, options);
  };

  it.each([false, true])(
    '18: an orphan whose key was what it was taken from comes back (flushed: %s)',
    async flushed => {
      await withAnn(async (session, ann) => {
        const [math] = ann.marks.getItems();
        ann.marks.removeAll();
        if (flushed) await session.flush();
        expect(session.inTransaction).toBe(flushed);
        await session.rollback();
        await session.touch(math);
        expect([math?.student, math?.value, session.has(math!)]).toEqual([ann, 3, true]);
        await session.touch(ann.marks);
        expect([...ann.marks]).toEqual([math]);
        expect(String(await session.commit())).toBe('nothing to commit');
      });
    },
  );

  it('17: what was removed can be added again, also with lists that were never loaded', async () => {
    await withAnn(async (session, ann) => {
      const id = ann.id;
      session.em.clear();
      const again = await session.query(Student).one();
      await session.query(Mark).delete();
      await session.remove(again);
      await session.commit();
      expect(() => session.add(again)).toThrow(/Student\.friends was never read/);
      again.friends.set([]);
      session.add(again);
      expect(String(await session.commit())).toBe('committed 1 new (Student)');
      expect([again.id, await session.query(Student).count()]).toEqual([id, 1]);
    });
  });

  it('25: get() of a key of two parts takes both', async () => {
    await withAnn(async (session, ann) => {
      const [math] = ann.marks.getItems();
      for (const key of [
        [ann.id, 'math'],
        [ann, 'math'],
        { student: ann, course: 'math' },
        { student: ann.id, course: 'math' },
      ])
        expect(await session.get(Mark, key)).toBe(math);
      expect(await session.get(Mark, [ann.id, 'none'])).toBe(null);
      for (const key of [ann.id, 'math', [ann.id], {}, { course: 'math' }]) {
        await expect(session.get(Mark, key)).rejects.toMatchObject({
          message: 'The primary key of Mark has 2 parts',
          hint: 'Write get(Mark, [student, course]).',
        });
      }
    });
  });

  it('19: a row that somebody else changed is named', async () => {
    await withAnn(async (session, ann) => {
      await session.em.execute('update student set version = 50');
      ann.name = 'Anna';
      await expect(session.commit()).rejects.toMatchObject({
        name: 'StaleRow',
        message: `Student ${ann.id} was changed or deleted by somebody else since it was read`,
      });
      await session.refresh(ann);
      ann.name = 'Anna';
      expect(String(await session.commit())).toBe('committed 1 changed (Student)');
    });
  });

  it.each([
    ['x', "'x'"],
    [{ id: 1 }, '{ id: 1 }'],
  ])('19: %p is no student, and can be mended', async (wrong, shown) => {
    await withAnn(async (session, ann) => {
      const [math] = ann.marks.getItems();
      await session.touch(math);
      const fresh = new Mark('art', 4);
      fresh.student = wrong as never;
      session.add(fresh);
      expect(session.new).toEqual([fresh]);
      await expect(session.commit()).rejects.toThrow(`Mark.student takes a Student, and holds ${shown}`);
      fresh.student = ann;
      expect(String(await session.commit())).toBe('committed 1 new (Mark)');
    });
  });

  it('19: a key of two parts that is taken is named with both', async () => {
    await withAnn(async (session, ann) => {
      const marked = (course: string) => Object.assign(new Mark(course, 1), { student: ann });
      const taken = (course: string) => ({
        name: 'UniqueViolation',
        message: `Mark.student + course '${ann.id}, ${course}' is taken already`,
      });
      session.addAll([marked('chess'), marked('math')]);
      await expect(session.commit()).rejects.toMatchObject(taken('math'));
      await session.rollback();
      session.addAll([marked('chess'), marked('go'), marked('go')]);
      await expect(session.commit()).rejects.toMatchObject(taken('go'));
    });
  });

  it('19: a value of the wrong kind is named with its field', async () => {
    await withAnn(async (session, ann) => {
      const [math] = ann.marks.getItems();
      math!.value = 'abc' as never;
      await expect(session.commit()).rejects.toMatchObject({
        name: 'InvalidValue',
        message: "Mark.value is an integer and cannot hold 'abc'",
      });
      math!.value = 2 ** 40;
      const outcome = await session.commit().catch((error: Error) => error.message);
      // An integer of SQLite has 64 bits.
      expect(String(outcome)).toBe(
        dialect === 'sqlite'
          ? 'committed 1 changed (Mark)'
          : 'Mark.value is an integer of 32 bits and cannot hold 1099511627776',
      );
      math!.value = 4;
      expect(String(await session.commit())).toBe('committed 1 changed (Mark)');
    });
  });
});

type Session = Parameters<Parameters<typeof inSession>[1]>[0];
