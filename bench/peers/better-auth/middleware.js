// https://better-auth.com/docs/integrations/next#for-nextjs-release-1520-and-above, the variant for the
// edge runtime: the cookie cache is opened and not merely looked for
import { getCookieCache } from 'better-auth/cookies';
import { NextResponse } from 'next/server';

export const config = { matcher: ['/protected', '/api/me'] };

export async function middleware(request) {
  const session = await getCookieCache(request, { strategy: 'jwe', isSecure: false });
  if (session) return NextResponse.next();
  return request.nextUrl.pathname.startsWith('/api/')
    ? NextResponse.json({ error: 'unauthenticated' }, { status: 401 })
    : NextResponse.redirect(new URL('/sign-in', request.url));
}
