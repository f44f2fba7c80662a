/** How a page looks: in light and dark, on a phone, on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --ground: #ffffff; --panel: #f6f8fa; --line: #d0d7de;
  --accent: #0757b8; --right: #116329; --wrong: #9a3412; --keyword: #8250df; --string: #0a5c2b; --number: #8a4600; --type: #055d75; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --ground: #0d1117; --panel: #161b22;
  --line: #30363d; --accent: #79b8ff; --right: #56d364; --wrong: #ffa657; --keyword: #d2a8ff; --string: #7ee787;
  --number: #ffa657; --type: #76e3ea; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main, header { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { line-height: 1.2; }
h2 { margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line); }
a { color: var(--accent); }
nav ol { padding-left: 1.5rem; }
code, pre { font: .9375rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:not(pre) > code { background: var(--panel); padding: .1em .3em; border-radius: .25em; }
pre { margin: 1rem 0; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem;
  overflow-x: auto; white-space: pre; }
details.sql pre { white-space: pre-wrap; }
.output { color: var(--soft); }
.keyword { color: var(--keyword); } .string { color: var(--string); } .number { color: var(--number); }
.type, .known { color: var(--type); } .comment, .mark { color: var(--soft); }
.error { color: var(--wrong); }
section.step { margin: 1.25rem 0; padding: .25rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--accent);
  border-radius: .5rem; }
section.step > p.label { margin: .5rem 0; color: var(--accent); font-weight: 600; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--accent); }
details.choice > summary { color: inherit; }
details.choice > summary > * { display: inline; }
.right > .verdict { color: var(--right); } .wrong > .verdict { color: var(--wrong); } .verdict { font-weight: 600; }
table { border-collapse: collapse; display: block; overflow-x: auto; } td, th { border: 1px solid var(--line); padding: .3rem .6rem; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: .2rem solid var(--line); color: var(--soft); }
footer { margin-top: 3rem; padding: 1rem 0 2rem; color: var(--soft); font-size: .875rem; border-top: 1px solid var(--line); }
@media print { body { font-size: 11pt; } pre, section.step { break-inside: avoid; } pre { white-space: pre-wrap; } nav { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; } }
`;
