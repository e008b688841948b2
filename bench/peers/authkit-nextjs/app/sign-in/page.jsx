import { connection } from 'next/server';

export default async function Page() {
  await connection();
  return <a href="/start">Sign in</a>;
}
