// https://github.com/vvo/iron-session#usage, "Next.js proxy.ts (middleware.ts before Next 16)"; it only reads
import { getIronSession, nextProxyCookies } from 'iron-session';
import { NextResponse } from 'next/server';
import { options } from './options';

export const config = { matcher: ['/protected', '/api/me'] };

export async function middleware(request) {
  const response = NextResponse.next();
  const session = await getIronSession(nextProxyCookies(request, response), options());
  if (session.name) return response;
  return request.nextUrl.pathname.startsWith('/api/')
    ? NextResponse.json({ error: 'unauthenticated' }, { status: 401 })
    : NextResponse.redirect(new URL('/sign-in', request.url));
}
