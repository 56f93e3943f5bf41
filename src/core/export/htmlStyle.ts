/** The look of an exported run, on a screen in both colour schemes and on paper. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0a5bb5; --code: #f3f4f6; --doubt: #9a4b00; --page: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6e8eb; --quiet: #a0a8b3; --line: #3d444d; --link: #6cb6ff; --code: #24292f; --doubt: #f0a35e; --page: #16191d;
  }
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { margin-top: 2.2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; }
h3, h4, h5, h6 { font-size: 1.05rem; }
a { color: var(--link); }
.lead { font-size: 1.15rem; font-weight: 600; }
.outcome { padding-inline-start: .75rem; border-inline-start: 3px solid var(--doubt); }
.aside, figcaption { color: var(--quiet); font-size: .875rem; }
.cite { margin-inline-start: .15em; padding: 0 .35em; border: 1px solid var(--line); border-radius: .6em; font-size: .75em; text-decoration: none; vertical-align: .25em; }
.doubtful { border-color: var(--doubt); border-style: dashed; color: var(--doubt); }
blockquote { margin: .4rem 0; padding-inline-start: .75rem; border-inline-start: 3px solid var(--line); color: var(--quiet); }
pre, code { border-radius: 4px; background: var(--code); font: .9em/1.5 ui-monospace, monospace; }
code { padding: .1em .3em; }
pre { overflow-x: auto; padding: .75rem; }
pre code { padding: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
.align-center { text-align: center; }
.align-right { text-align: end; }
ul.plain { padding-inline-start: 0; list-style: none; }
li { margin: .35rem 0; }
li:target { outline: 2px solid var(--link); outline-offset: 4px; }
figure { margin: 1rem 0; }
img { max-width: 100%; background: #ffffff; }
@media print {
  :root { --text: #000; --quiet: #444; --line: #bbb; --link: #000; --code: #f3f3f3; --doubt: #000; --page: #fff; }
  main { max-width: none; padding: 0; }
  h2, figure { break-after: avoid; }
  li, figure, tr { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
`;
