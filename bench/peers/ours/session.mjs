/** Sealed by the code of the project in the current folder, as after a sign-in: `session.mjs [how many]`. */
import { join } from 'node:path';
import { createJiti } from 'jiti';

/** The person of peers/no-auth/app/person.js. */
const person = {
  name: 'Ada Berg',
  email: 'ada.berg@contoso.example',
  roles: ['Admin', 'Auditor', 'Editor'],
};
const jiti = createJiti(join(process.cwd(), 'session.mjs'));
const { parseConfig } = await jiti.import('./lib/config.ts');
const { cookieNames } = await jiti.import('./lib/cookies.ts');
const { createSealer } = await jiti.import('./lib/sealer.ts');
const { createSession, sealSession } = await jiti.import('./lib/session-token.ts');

const config = parseConfig(process.env);
const sealer = createSealer(config.secrets, 'session', config);
const nowSeconds = Math.floor(Date.now() / 1000);
const [tenantId] = config.tenantIds;

/** @returns the cookie of somebody who has just signed in */
const seal = () =>
  sealSession(
    sealer,
    createSession(
      {
        tenantId,
        objectId: crypto.randomUUID(),
        name: person.name,
        email: person.email,
        signOutHint: undefined,
        isGuest: false,
        appRoles: person.roles,
        groupIds: [],
        hasMoreGroups: false,
      },
      nowSeconds,
      config,
    ),
  );

const name = cookieNames(config).session;
const count = Number(process.argv[2] ?? 1);
for (let at = 0; at < count; at += 1) {
  console.log(JSON.stringify({ cookies: { [name]: await seal() } }));
}
