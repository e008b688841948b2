import { connection } from 'next/server';

export default async function Page() {
  await connection();
  return <a href="/auth/login">Sign in</a>;
}
