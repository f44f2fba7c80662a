import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../repl/evaluate/compile.ts';

const reaches = (text: string) => {
  const compiled = compile(text, { has: name => name === 'User' });
  return compiled.kind === 'compiled' && compiled.reachesBuiltIns;
};

describe('what JavaScript itself uses', () => {
  it.each([
    ['Array.prototype.map = 1'],
    ['globalThis.eval = 1'],
    ['Set = null; globalThis.Set = null'],
    ['delete globalThis.Promise'],
    ['[].constructor.prototype.map = 1'],
    ['[]["__proto__"].map = 1'],
    ['x[k].map = 1'],
    ['const { constructor } = []'],
    ['const { [k]: c } = []'],
    ['Object.assign(Math, { max: 1 })'],
    ['Object.getPrototypeOf(x).map = 1'],
    ['Object.keys = 1'],
    ['const A = Array'],
    ['f(JSON)'],
    ['function f() { this.Set = 1 }'],
    ['this.Set = 1'],
    ['eval("1")'],
    ['new Function("1")'],
    ['Reflect.set(x, "a", 1)'],
    ['import "node:path"'],
    ['import("node:path")'],
    ['require("node:path")'],
    ['[Math.max] = [1]'],
    ['for (Math.max of [1]) {}'],
    ['Math.max++'],
    ['x.__defineGetter__("a", f)'],
  ])('can be overwritten after %s', text => {
    expect(reaches(text)).toBe(true);
  });

  it.each([
    ['1 + 1'],
    ['User.query.first().posts[0].title'],
    ['user.username = "Corey"'],
    ['Math.max(1, 2)'],
    ['new Date()'],
    ['Object.keys(user)'],
    ['Promise.all([f()])'],
    ['console.log(user)'],
    ['x instanceof Error'],
    ['undefined'],
    ['class A extends Error { m() { return this.n } }'],
    ['[1, 2].map(x => x * 2)'],
    ['const { a, ...rest } = user'],
    ['user["username"]'],
    ['for (const user of User.query) console.log(user.username)'],
  ])('cannot be overwritten after %s', text => {
    expect(reaches(text)).toBe(false);
  });

  it.each([
    ['rows.sort((a, b) => a[key] - b[key])', false],
    ['rows[0].name = rows[1][key]', true],
    ['delete rows[key]', true],
    ['rows[key]()', true],
    ['rows[i]++', true],
    ['[rows[i]] = [1]', true],
    ['Math', true],
  ])('overwrites something itself with %s: %s', (text, overwrites) => {
    const compiled = compile(text, { has: () => false });
    expect(compiled.kind === 'compiled' && compiled.overwrites).toBe(overwrites);
  });
});
