import { expect, it } from '@jest/globals';
import { ChangeReport } from '../../../src/unit-of-work/change-report.ts';

it('a report counts by kind of change and by entity', () => {
  const report = new ChangeReport('commit', [
    ['new', 'User'],
    ['removed', 'Post', 3],
    ['new', 'Post'],
    ['new', 'User'],
    ['changed', 'Tag', 0],
  ]);
  expect(String(report)).toBe('committed 3 new (Post, User), 3 removed (Post)');
  expect(report).toMatchObject({ action: 'commit', new: 3, changed: 0, removed: 3 });
  expect(Object.fromEntries(report.byEntity)).toEqual({
    User: { new: 2, changed: 0, removed: 0 },
    Post: { new: 1, changed: 0, removed: 3 },
  });
  expect(String(new ChangeReport('flush', []))).toBe('nothing to flush');
});
