/** Below the figures of one sign-in. */
export const aboutTheFloor = `The first row is the floor: one bare request to the provider and the same page, behind a middleware that does
nothing. What this project adds to it is told in [decision 0016](decisions/0016-what-a-request-pays-for.md): mostly Auth.js,
which seals and opens its three checks, and an answer with a signature to make and to verify.`;

/** The end of docs/benchmarks.md. */
export const howItIsMeasured = `## How it is measured

- Every peer is a folder of \`bench/peers/\`, with exact versions and set up as its own documentation says; the page is
  named in a comment. It holds only what differs from \`bench/peers/no-auth/\`, on which it is laid. "This project" is
  the whole project with the same page and an empty layout in their place; "the app itself" is its own build, against
  a copy without gate and lock (\`bench/peers/app-twin/\`).
- Sessions are sealed by each library's own code (\`session.mjs\` in its folder), for the same name, mail address and
  three roles, without a network. authkit-nextjs checks its access token against a key set that the bench serves.
- All servers run at once, as production builds. One is asked for a moment, then the next; the order turns with every
  round, and the first round is dropped. CPU time comes from the server process itself (\`process.cpuUsage()\`, all
  threads). "Added" is what a request costs more than its twin in the same round; bounds compare medians of that.
- Every answer is looked at: a good session must be answered 200 with the person's name, a bad one with a redirect or
  401 and without it. One wrong answer, a failed build, or a median that may be too far off, and nothing is reported.
- A forged cookie is a good one with eight characters of the sealed part changed, others each time; junk is 2,000 times
  the same letter.
- JavaScript: every file that the page names, and every file that those name, gzipped one by one.
- Sign-in: against the stand-in of \`entra-local/\`, each of whose answers to a server takes 50 ms longer. next-auth is
  stock; a preload (\`bench/upstream.cjs\`) sends what is meant for Microsoft to the stand-in and what is meant for
  Graph to a server that has no photo, and the scope \`User.Read\`, which the stand-in does not know, is taken out of
  the address in the browser. The first hundred sign-ins are dropped: until then the engine has not compiled what runs.
  The floor is one bare request to the stand-in and the same page, behind a middleware that does nothing.

## How to disagree

Change the folder of a peer, and run \`npm run bench -- --peers no-auth,ours,<its name> --rounds 4\`: a few minutes.
\`bench/targets.mjs\` holds every bound, \`bench/results.mjs\` how medians and margins are made. A set-up that is nearer
to what a peer recommends is a bug of ours: please report it.
`;
