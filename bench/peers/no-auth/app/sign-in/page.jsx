import { connection } from 'next/server';

export default async function Page() {
  await connection();
  return (
    <form method="post" action="/start">
      <button type="submit">Sign in</button>
    </form>
  );
}
