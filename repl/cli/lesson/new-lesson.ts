import { writeFile } from 'node:fs/promises';
import { MikroscopeError } from '../../../src/index.ts';

/**
 * Writes a small lesson that passes its check, to be changed.
 *
 * @returns what to tell the author
 * @throws MikroscopeError `BadArgument` if the file exists, or cannot be written
 */
export async function newLesson(name: string): Promise<string> {
  const path = name.endsWith('.md') ? name : `${name}.repl.md`;
  try {
    await writeFile(path, template, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [why, hint] =
      code === 'EEXIST' ? ['it exists already', 'Choose another name.'] : [message, 'Choose another place.'];
    throw new MikroscopeError('BadArgument', `${path} cannot be written: ${why}`, hint, { cause: error });
  }
  return `Wrote ${path}. mikroscope lesson check ${path} proves it, and mikroscope learn ${path} 1 plays it.`;
}

const template = `---
title: A first lesson
databases: [sqlite, postgresql]
---

# A first lesson

A lesson alternates between what the learner watches and what the learner does. This block is
watched: Enter runs each line.

\`\`\`repl {#tables}
> createAll()
created post, user
\`\`\`

What has \`createAll()\` written into the new tables?

- [ ] The rows of the demo.
  Look with \`User.query.count()\`: there are none.
- [x] Nothing.
  Right: tables are where rows can be.

Now the learner's turn. **Make a user \`ann\`, with the username \`Ann\`, the e-mail address \`ann@demo.com\`
and the password \`secret\`, and commit it.**

<details><summary>Hint</summary>

\`new User({ … })\` makes an object, and \`add(…)\` stages it.

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
db.session.commit()
\`\`\`

</details>

<details><summary>Wrong answer: Ann is staged but not committed</summary>

\`\`\`ts
ann = new User({ username: 'Ann', email: 'ann@demo.com', password: 'secret' })
add(ann)
\`\`\`

</details>

A row has a key now:

\`\`\`repl
> ann.id
1
\`\`\`
`;
