import { createHash, randomBytes } from 'node:crypto';

/** Warm and monospaced on purpose: nobody shall take these pages for Microsoft's. */
const STYLE = `
:root{color-scheme:light dark;--paper:#fbf5ea;--card:#fffdf8;--ink:#2c1d0f;--soft:#6a5138;--line:#d9c5a6;--accent:#8a4b08;--on-accent:#fffdf8;--tint:#f5e8d0}
@media (prefers-color-scheme:dark){:root{--paper:#1b130b;--card:#261b10;--ink:#f6ecdd;--soft:#d2b896;--line:#59432b;--accent:#f0b35a;--on-accent:#241505;--tint:#382817}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:38rem;margin:0 auto;padding:1rem}
header{padding-top:2rem}
header p{margin:.5rem 0 0;color:var(--soft);font-size:.9375rem}
.badge{display:inline-block;margin:0;padding:.25rem .625rem;border:1px dashed var(--accent);border-radius:.25rem;background:var(--tint);color:var(--ink);font:600 .875rem/1.5 ui-monospace,monospace}
main{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1.5rem}
@media (max-width:40rem){main{border-radius:0;border-inline:0;padding:1.5rem 1rem}}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
p{margin:.5rem 0 1rem}
ul{list-style:none;margin:1rem 0;padding:0;display:grid;gap:.5rem}
button{display:block;min-height:2.75rem;padding:.625rem 1rem;border:1px solid var(--accent);border-radius:.375rem;background:var(--card);color:var(--ink);font:inherit;text-align:start;cursor:pointer}
li button{width:100%;border-color:var(--line)}
li button span{display:block;font-size:.9375rem;color:var(--soft)}
li button .name{font-size:1rem;font-weight:600;color:var(--ink)}
button:hover{background:var(--tint);border-color:var(--accent)}
button.primary{background:var(--accent);color:var(--on-accent)}
button.primary:hover{text-decoration:underline}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:1rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code,dd{font-family:ui-monospace,monospace;font-size:.875rem}
dl{margin:1rem 0 0;padding:.75rem 1rem;background:var(--tint);border-radius:.375rem}
dt{font-size:.875rem}
dd{margin:0 0 .5rem}
footer{color:var(--soft);font-size:.875rem}
iframe{display:none}
`;

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** @param {unknown} text */
export const escapeHtml = (text) =>
  String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * `formTargets`: Chromium applies form-action to redirects too, so the application's origin has to
 * be named where a form's answer leads there (https://www.w3.org/TR/CSP3/#directive-form-action).
 * @typedef {object} Page
 * @property {string} title
 * @property {string} body trusted markup: every value in it has been escaped
 * @property {number} [status]
 * @property {string[]} [formTargets]
 * @property {string[]} [frameTargets]
 * @property {string} [script] runs under a nonce; only the form_post response has one
 * @property {Record<string, string>} [headers]
 */

/** @param {Page} page */
export function pageResponse(page) {
  const { title, body, status = 200, formTargets = [], frameTargets = [], script, headers } = page;
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    ...(script ? [`script-src 'nonce-${nonce}'`] : []),
    ...(frameTargets.length > 0 ? [`frame-src ${frameTargets.join(' ')}`] : []),
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Local stand-in for Microsoft Entra ID</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="badge">Local stand-in</p>
<p>Local stand-in for Microsoft Entra ID — not Microsoft, no real accounts</p>
</header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer><p>This page runs on your own machine, for development and tests only.</p></footer>
${script ? `<script nonce="${nonce}">${script}</script>` : ''}
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
  });
}
