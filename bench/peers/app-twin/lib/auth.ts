import { headers } from 'next/headers';
import type { Notice } from './notice';
import { createSession, type Session } from './session-token';

/** The app's own pages without anybody being asked anything: everybody is Ada. */
const session = createSession(
  {
    tenantId: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
    objectId: '00000000-0000-4000-8000-000000000001',
    name: 'Ada Berg',
    email: 'ada.berg@contoso.example',
    signOutHint: undefined,
    isGuest: false,
    appRoles: [],
    groupIds: [],
    hasMoreGroups: false,
  },
  1_700_000_000,
  { sessionLifetimeSeconds: 1_000_000_000 },
);

/** At the sign-in page nobody is signed in. */
export const currentSession = async (): Promise<Session | undefined> =>
  (await headers()).has('x-bench-signed-out') ? undefined : session;
export const requireIdentity = async (_: string | Request) => session.identity;
export const requireRole = async (..._: unknown[]) => session.identity;
export const requireRecentSignIn = async (..._: unknown[]) => session.identity;
export const hasRole = async (_: string) => false;
export const mayOpen = async (_: string) => false;
export const currentNotice = async (): Promise<Notice | undefined> => undefined;
export const keptForm = async (_: string): Promise<ReadonlyMap<string, string>> => new Map();
