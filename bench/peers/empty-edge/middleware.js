import { NextResponse } from 'next/server';

export const config = { matcher: '/((?!_next/static/).*)' };

/** Does nothing: what it adds is the price of Next's middleware layer on the edge runtime. */
export function middleware() {
  return NextResponse.next();
}
