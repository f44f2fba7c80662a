/** A lesson with something of each kind. */
export const small = `---
title: A small lesson
databases: [sqlite, postgresql]
---

# A small lesson

It has *emphasis*, \`code\`, and a table:

| one | two |
| --- | --- |
| 1   | 2   |

## One

\`\`\`repl
> createAll()
created post, user
\`\`\`

- [ ] Yes.
  Look again.
- [x] No.
  Right.

## Two

Make \`Ann\`.

<details><summary>Hint</summary>

\`new User({ … })\`

</details>

<details><summary>Hint</summary>

\`\`\`ts
add(…)
\`\`\`

</details>

\`\`\`repl {#ann task}
> ann = new User({ username: 'Ann', email: 'ann@demo.com', password: 'secret' })
> add(ann)
> commit()
committed 1 new (User)
\`\`\`

<details><summary>Another answer</summary>

\`\`\`ts
ann = new User({ username: 'Ann', email: 'ann@demo.com', password: 'secret' })
em.persist(ann)
commit()
\`\`\`

</details>

<details><summary>Wrong answer: Ann is staged but not committed</summary>

\`\`\`ts
ann = new User({ username: 'Ann', email: 'ann@demo.com', password: 'secret' })
add(ann)
\`\`\`

</details>
`;

/** A lesson whose prose and data would run or load something in a browser. */
export const hostile = `---
title: '</title><script>alert(0)</script>'
---

# A <script>alert(1)</script><img src="http://127.0.0.1:9/a.png" onerror="alert(1)"> lesson

![picture](http://127.0.0.1:9/b.png) [run](javascript:alert(1)) [file](../a.md) [docs](https://mikro-orm.io/docs?a=1&b="2)

<iframe src="http://127.0.0.1:9/"></iframe>
<!-- <script>alert(1)</script> -->

<details onclick="alert(1)"><summary>More</summary>

\`<b>\`

</details>

\`\`\`html
</pre><script>alert(3)</script>
\`\`\`

\`\`\`repl
> createAll()
created post, user
> '\\x3C/pre>\\x3Cscript>alert(2)\\x3C/script>'
'</pre><script>alert(2)</script>'
> 'a\\u202Eb'
'a\\u202Eb'
\`\`\`

- [x] <script>alert(4)</script>
  <style>@import 'http://127.0.0.1:9/c.css'</style>
- [ ] No.

\`\`\`repl {#one task}
> add(new User({ username: '\\x3Csvg onload=f()>', email: 'a', password: 'p' })); commit()
committed 1 new (User)
\`\`\`
`;
