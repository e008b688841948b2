import { connection } from 'next/server';
import { SignInButton } from './sign-in-button';

export default async function Page() {
  await connection();
  return <SignInButton />;
}
