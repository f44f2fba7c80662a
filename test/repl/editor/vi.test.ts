import { describe, expect, it } from '@jest/globals';
import { newEditor, press, shown } from './typing.ts';

const lines = "'one two' C-j 'three four' C-j 'five' escape";

describe('keys of vi', () => {
  it.each([
    ["'abc'", 'abc|'],
    ["'abc' escape", 'ab|c'],
    ["'abc' escape '0'", '|abc'],
    ["'abc' escape 'hh'", '|abc'],
    ["'abc' escape '0lll'", 'ab|c'],
    ["'abcdef' escape '3h'", 'ab|cdef'],
    ["'  abc' escape '^'", '  |abc'],
    ["'  abc' escape '0'", '|  abc'],
    ["'abc' escape '0$'", 'ab|c'],
    ["'one.two three' escape '0w'", 'one|.two three'],
    ["'one.two three' escape '0W'", 'one.two |three'],
    ["'one.two three' escape '02w'", 'one.|two three'],
    ["'one two three' escape 'b'", 'one two |three'],
    ["'one two three' escape '2b'", 'one |two three'],
    ["'one.two xy' escape 'B'", 'one.two |xy'],
    ["'one.two x' escape 'BB'", '|one.two x'],
    ["'one two' escape '0e'", 'on|e two'],
    ["'👍👍 x' escape '0w'", '👍👍 |x'],
    ["'𠀀𠀀 x' escape 'b'", '|𠀀𠀀 x'],
    ["'a 👩‍👩‍👧' escape 'b'", '|a 👩‍👩‍👧'],
    ["'a 👍👍 x' escape '0ee'", 'a 👍👍 |x'],
    ["'a 👍👍 x' escape '0e'", 'a 👍|👍 x'],
    ["'one two' escape '0ee'", 'one tw|o'],
    ["'one.two x' escape '0E'", 'one.tw|o x'],
    ["'f(a, b)' escape '0fb'", 'f(a, |b)'],
    ["'f(a, b)' escape '0tb'", 'f(a,| b)'],
    ["'f(a, b)' escape 'Ff'", '|f(a, b)'],
    ["'f(a, b)' escape 'Tf'", 'f|(a, b)'],
    ["'a.b.c.d' escape '0f.;'", 'a.b|.c.d'],
    ["'a.b.c.d' escape '0f.;;,'", 'a.b|.c.d'],
    ["'a.b.c.d' escape '0t.;'", 'a.|b.c.d'],
    ["'a.b.c' escape '02f.'", 'a.b|.c'],
    ["'abc' escape '0fz'", '|abc'],
    ["'f(a)' escape '%'", 'f|(a)'],
    ["'abc' escape 'x'", 'a|b'],
    ["'abc' escape '02x'", '|c'],
    ["'abc' escape 'X'", 'a|c'],
    ["'one two' escape '0dw'", '|two'],
    ["'one two' escape 'db'", 'one |o'],
    ["'one two three' escape '0d2w'", '|three'],
    ["'one two three' escape '02dw'", '|three'],
    ["'one two' escape '0de'", '| two'],
    ["'one two' escape '0wD'", 'one| '],
    ["'f(a, b)' escape '0dt,'", '|, b)'],
    ["'f(a, b)' escape '0df,'", '| b)'],
    ["'f(a, b)' escape 'dFa'", 'f(|)'],
    ["'one two' escape '0cwx'", 'x| two'],
    ["'a b' escape '0cwx'", 'x| b'],
    ["'one two' escape '0wCx'", 'one x|'],
    ["'one' escape 'sx'", 'onx|'],
    ["'one two' escape 'Sx'", 'x|'],
    ["'one two' escape '0cex' escape 'w.'", 'x |x'],
    ["'aaa' escape '0x..'", '|'],
    ["'one two three' escape '0dw.'", '|three'],
    ["'one two' escape '0dwP'", 'one| two'],
    ["'one two' escape '0dwp'", 'tone| wo'],
    ["'ab' escape '0xp'", 'b|a'],
    ["'ab' escape '0x3p'", 'baa|a'],
    ["'abc' escape '0ylp'", 'a|abc'],
    ["'abc' escape '0rx'", '|xbc'],
    ["'abc' escape '02rx'", 'x|xc'],
    ["'abc' escape '09rx'", '|abc'],
    ["'abC' escape '0~'", 'A|bC'],
    ["'abC' escape '03~'", 'AB|c'],
    ["'abc' escape 'xu'", 'ab|c'],
    ["'abc' escape 'xxuu'", 'ab|c'],
    ["'abc' escape 'xu' C-r", 'a|b'],
    ["'abc' escape 'ix'", 'abx|c'],
    ["'abc' escape 'ax'", 'abcx|'],
    ["'  abc' escape 'Ix'", '  x|abc'],
    ["'abc' escape '0Ax'", 'abcx|'],
    ["'one two' escape '0cwnew words' escape 'u'", '|one two'],
    ["'é漢x' escape 'hx'", 'é|x'],
    [`${lines} 'kk'`, 'one| two\nthree four\nfive'],
    [`${lines} '2k'`, 'one| two\nthree four\nfive'],
    [`${lines} 'kj'`, 'one two\nthree four\nfiv|e'],
    [`${lines} 'gg'`, '|one two\nthree four\nfive'],
    [`${lines} 'ggG'`, 'one two\nthree four\n|five'],
    [`${lines} '2G'`, 'one two\n|three four\nfive'],
    [`${lines} 'dd'`, 'one two\n|three four'],
    [`${lines} 'ggdd'`, '|three four\nfive'],
    [`${lines} 'gg2dd'`, '|five'],
    [`${lines} 'ggdj'`, '|five'],
    [`${lines} 'dk'`, '|one two'],
    [`${lines} 'dgg'`, '|'],
    [`${lines} 'ggdG'`, '|'],
    [`${lines} 'ggddp'`, 'three four\n|one two\nfive'],
    [`${lines} 'ddggP'`, '|five\none two\nthree four'],
    [`${lines} 'ggyyjp'`, 'one two\nthree four\n|one two\nfive'],
    [`${lines} 'ggYp'`, 'one two\n|one two\nthree four\nfive'],
    [`${lines} 'ggccx'`, 'x|\nthree four\nfive'],
    [`${lines} 'ggox'`, 'one two\nx|\nthree four\nfive'],
    [`${lines} 'Ox'`, 'one two\nthree four\nx|\nfive'],
    [`${lines} 'ggwdw'`, 'one| \nthree four\nfive'],
    [`${lines} 'ggJ'`, 'one two| three four\nfive'],
    ["'abc' escape 'd' escape 'x'", 'a|b'],
    ["'abc' escape 'zx'", 'a|b'],
    ["'one two' M-b 'x'", 'one |wo'],
    ["'abc' escape left left 'x'", '|bc'],
  ])('%s', (written, after) => {
    const editor = newEditor({ keys: 'vi' });
    press(editor, written);
    expect(shown(editor)).toBe(after);
  });

  it.each([
    ["'1 + 1' escape enter", 'run'],
    ["'us' escape '/'", undefined],
    ['escape C-d', 'leave'],
    ["'us' tab", 'complete'],
    ["'us' escape tab", undefined],
  ])('%s asks for %s', (written, kind) => {
    expect(press(newEditor({ keys: 'vi' }), written).effect?.kind).toBe(kind);
  });

  it('leads to the history at the first and the last line', () => {
    const editor = newEditor({ keys: 'vi', history: ['commit()'] });
    press(editor, "escape 'k'");
    expect(shown(editor)).toBe('commit(|)');
    press(editor, "'j'");
    expect(shown(editor)).toBe('|');
  });

  it('says in which mode it is, and begins anew to insert', () => {
    const editor = newEditor({ keys: 'vi' });
    press(editor, "'a' escape");
    expect(editor.view.viMode).toBe('normal');
    press(editor, 'enter');
    expect(editor.view.viMode).toBe('insert');
  });
});
