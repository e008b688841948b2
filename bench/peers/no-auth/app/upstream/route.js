import { connection } from 'next/server';

/** The least that the end of a sign-in can be: one request to the provider, and on to the page. */
export async function GET() {
  await connection();
  const answer = await fetch(process.env.BENCH_UPSTREAM_URL, { cache: 'no-store' });
  await answer.json();
  return new Response(null, { status: 303, headers: { location: '/protected' } });
}
