/** `npm run docs:errors`: writes docs/errors.md from the tables that the app itself uses. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { oauthErrors } from '../lib/aadsts';
import { aadstsErrors } from '../lib/aadsts-table';
import { errorPageUrl } from '../lib/clouds';
import {
  isSignInErrorCode,
  type Mender,
  type NextStep,
  signInErrors,
} from '../lib/sign-in-error-table';
import { inEnglish } from '../lib/words';
import { markdownTable } from './markdown-table';

const path = fileURLToPath(new URL('../docs/errors.md', import.meta.url));
const listUrl = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';

const menders: Record<Mender, string> = {
  you: 'the person who signs in',
  administrator: 'an administrator of their organisation',
  operator: 'the operator of this app',
  microsoft: 'Microsoft',
};

const steps: Record<NextStep, string> = {
  'try-again': 'try again',
  'another-account': 'use another account',
  'admin-consent': 'ask the administrator to approve the app',
  'support-bundle': 'send the details to the operator',
};

const sourceOf = (page = listUrl) => {
  if (page === 'reported') return 'reported by people; Microsoft does not list it';
  return `[${page === listUrl ? 'list' : 'article'}](${page})`;
};

function numbers(): string {
  const rows = Object.entries(aadstsErrors).flatMap(([problem, error]) =>
    error.numbers.map((number) => ({ number, problem, ...error })),
  );
  return markdownTable(
    ['number', '`problem`', 'what happened', 'who can mend it', 'what to do', '`code`', 'source'],
    rows
      .sort((one, other) => one.number - other.number)
      .map(({ number, problem, happened, code, mend, page }) => [
        ...[`${number}`, `\`${problem}\``, happened, menders[signInErrors[code].mendedBy]],
        ...[mend, `[\`${code}\`](#${code})`, sourceOf(page)],
      ]),
  );
}

function oauth(): string {
  return markdownTable(
    ['`reason`', 'what happened', 'who can mend it', '`code`'],
    Object.entries(oauthErrors).map(([error, { happened, code }]) => [
      ...[`\`${error}\``, happened],
      ...[menders[signInErrors[code].mendedBy], `[\`${code}\`](#${code})`],
    ]),
  );
}

function pages(): string {
  return markdownTable(
    ['`code`', 'status', 'what the visitor reads', 'who can mend it', 'the one next step'],
    Object.keys(signInErrors)
      .filter(isSignInErrorCode)
      .map((code) => {
        const { status, mendedBy, next } = signInErrors[code];
        const { title, happened, todo } = inEnglish.words.refusals[code];
        return [
          ...[`<a id="${code}"></a>\`${code}\``, `${status}`, `**${title}.** ${happened} ${todo}`],
          ...[menders[mendedBy], steps[next]],
        ];
      }),
  );
}

/** The whole page. */
export function errorsDocument(): string {
  return `# Errors

<!-- Written by \`npm run docs:errors\`; change lib/aadsts-table.ts, lib/aadsts.ts, lib/sign-in-error-table.ts or lib/words/en.ts. -->

Somebody cannot sign in and tells you a number such as \`1a2b3c4d\`. Look for it in the log: one line has it as
\`incidentId\`, with the \`code\` of the page that was shown and, where Microsoft gave them, its number (\`aadsts\`), what
that means (\`problem\`), and the \`traceId\` and \`correlationId\` that Microsoft's support asks for.

Only a line with \`"stage":"token"\` is Microsoft's own answer. With \`"stage":"callback"\` the visitor's browser brought the
error along, and anyone can make one up: do not raise an alarm on those alone.

Microsoft [changes its numbers without notice](${listUrl}).
They choose words for people here and nothing else: no check rests on them. What this page does not have,
[Microsoft's own look-up](${errorPageUrl}) may.

## Microsoft's numbers

Many of them are shown on Microsoft's own page, and this app never hears of them.

${numbers()}

## OAuth errors

What counts where there is no number, or one that is not above
([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1),
[Microsoft](https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-authorization-endpoint-errors)).
Any other error is \`other_error\` and leads to the page \`unknown\`.

${oauth()}

## What visitors read

${pages()}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(path, errorsDocument());
