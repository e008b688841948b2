import { redirect } from 'next/navigation';
import { auth0 } from '../../auth0';

export default async function Page() {
  const session = await auth0.getSession();
  if (!session) redirect('/sign-in');
  return <h1>Hello {session.user.name}</h1>;
}
