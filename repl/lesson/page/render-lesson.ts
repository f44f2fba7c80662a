import type { StepOutcome } from '../../transcript/outcome.ts';
import type { Block, DatabaseName, Step } from '../../transcript/transcript.ts';
import type { Lesson, Part, Question, Task } from '../lesson.ts';
import { escapeHtml, folded, htmlCode } from './html.ts';
import { type Heading, htmlProse } from './html-prose.ts';
import { type Labels, labelsFor } from './labels.ts';
import { pageStyle } from './page-style.ts';

/** What a page is made with. */
export interface PageOptions {
  /** What came of playing the author's way, which the page shows. */
  readonly outcomes: readonly StepOutcome[];
  readonly database: DatabaseName;
  /** Of the prose, such as `de`. */
  readonly language: string;
  /** What made the page, such as `mikroscope 0.1.0`. */
  readonly generator: string;
}

/** Begins every page, whatever made it. */
export const generatorMark = '<meta name="generator" content="mikroscope';

/**
 * Writes a lesson as one page of HTML, for a teacher to show or to print: the prose, and the session as it ran, with its
 * output and its SQL. Hints, solutions and the verdicts of questions are folded. It loads nothing and has no scripts.
 */
export function renderLesson(lesson: Lesson, options: PageOptions): string {
  const { language, generator } = options;
  const labels = labelsFor(language);
  const headings: Heading[] = [];
  const written = new Body(options, labels, headings).write(lesson.parts);
  const chapters = headings.filter(({ level }) => level === 2);
  // The contents come after the title.
  const [title = `<h1>${escapeHtml(lesson.title)}</h1>`] = /^<h1 [^]*?<\/h1>/.exec(written) ?? [];
  const body = written.startsWith(title) ? written.slice(title.length) : written;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
${generatorMark} ${escapeHtml(generator.replace(/^mikroscope /, ''))}">
<title>${escapeHtml(lesson.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
${title}
${chapters.length > 1 ? contents(chapters, labels) : ''}
</header>
<main>
${body}
<footer>${escapeHtml(generator)} · ${escapeHtml(options.database)}</footer>
</main>
</body>
</html>
`;
}

function contents(chapters: readonly Heading[], { contents: label }: Labels): string {
  const items = chapters.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`);
  return `<nav aria-label="${escapeHtml(label)}"><ol>\n${items.join('\n')}\n</ol></nav>`;
}

class Body {
  readonly #outcomes: ReadonlyMap<number, StepOutcome>;
  readonly #database: DatabaseName;
  readonly #labels: Labels;
  readonly #headings: Heading[];
  #tasks = 0;

  constructor({ outcomes, database }: PageOptions, labels: Labels, headings: Heading[]) {
    this.#outcomes = new Map(outcomes.map(outcome => [outcome.line, outcome]));
    this.#database = database;
    this.#labels = labels;
    this.#headings = headings;
  }

  write(parts: readonly Part[]): string {
    return parts.map(part => this.#part(part)).join('\n');
  }

  #part(part: Part): string {
    switch (part.kind) {
      case 'prose':
        return htmlProse(part.markdown, this.#headings);
      case 'setup':
        return '';
      case 'demonstration':
        return this.#session(part.block);
      case 'task':
        return this.#task(part);
      case 'question':
        return this.#question(part);
    }
  }

  /** Statements with what they printed, and their SQL. */
  #session(block: Block): string {
    const { only } = block;
    const note =
      only?.includes(this.#database) === false
        ? `<p class="mark">${this.#labels.only} ${escapeHtml(only.join(', '))}</p>\n`
        : '';
    const lines = block.steps.map(step => this.#step(step)).join('\n');
    const sql = block.steps.flatMap(({ line }) => this.#outcomes.get(line)?.actual?.sql ?? []);
    const isAbout = block.steps.some(({ expected }) => expected.sql.length > 0);
    const shown = sql.map(escapeHtml).join('\n');
    return `${note}<pre>${lines}</pre>${sql.length === 0 ? '' : `\n${folded(`SQL (${sql.length})`, `<pre>${shown}</pre>`, 'sql', isAbout)}`}`;
  }

  #step({ line, typed, expected }: Step): string {
    const [first = '', ...others] = typed.split('\n');
    const code = [
      `<span class="mark">&gt; </span>${htmlCode(first)}`,
      ...others.map(other => `<span class="mark">... </span>${htmlCode(other)}`),
    ];
    const actual = this.#outcomes.get(line)?.actual;
    const printed = (actual?.output ?? expected.output).map(text => {
      const kind = text.startsWith('Uncaught ') ? 'error' : 'output';
      return `<span class="${kind}">${escapeHtml(text)}</span>`;
    });
    return [...code, ...printed].join('\n');
  }

  #task({ id, block, hints, others, wrong }: Task): string {
    const { task, hint, solution, other, mistakes, says } = this.#labels;
    const several = (label: string, index: number) => (index === 0 ? label : `${label} ${index + 1}`);
    const typedText = (typed: readonly string[]) => `<pre>${htmlCode(typed.join('\n'))}</pre>`;
    const inside = [
      `<p class="label">${escapeHtml(task)} ${++this.#tasks}</p>`,
      ...hints.map((each, index) => folded(several(hint, index), htmlProse(each), 'hint')),
      folded(solution, this.#session(block), 'solution'),
      ...others.map(({ typed }, index) => folded(several(other, index), typedText(typed), 'other')),
      ...(wrong.length === 0
        ? []
        : [
            folded(
              mistakes,
              wrong
                .map(
                  ({ typed, reason }) =>
                    `${typedText(typed)}\n<p>${escapeHtml(says)} ${htmlProse(reason).replaceAll(/<\/?p>/g, '')}</p>`,
                )
                .join('\n'),
              'mistakes',
            ),
          ]),
    ];
    return `<section class="step" id="step-${escapeHtml(id)}">\n${inside.join('\n')}\n</section>`;
  }

  #question({ id, choices }: Question): string {
    const { question, right, wrong } = this.#labels;
    const items = choices.map(({ text, isRight, because }) => {
      const [kind, verdict] = isRight ? ['right', right] : ['wrong', wrong];
      const body = `<div class="${kind}"><span class="verdict">${escapeHtml(verdict)}</span>\n${htmlProse(because)}</div>`;
      return `<li><details class="choice"><summary>${htmlProse(text)}</summary>\n${body}\n</details></li>`;
    });
    return `<section class="step" id="step-${escapeHtml(id)}">\n<p class="label">${escapeHtml(question)}</p>\n<ol>\n${items.join('\n')}\n</ol>\n</section>`;
  }
}
