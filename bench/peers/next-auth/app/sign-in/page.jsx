// https://authjs.dev/getting-started/session-management/login?framework=Next.js
import { connection } from 'next/server';
import { signIn } from '../../auth';

export default async function Page() {
  await connection();
  return (
    <form
      action={async () => {
        'use server';
        await signIn('microsoft-entra-id', { redirectTo: '/protected' });
      }}
    >
      <button type="submit">Sign in</button>
    </form>
  );
}
