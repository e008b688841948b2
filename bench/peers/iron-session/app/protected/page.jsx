import { getIronSession } from 'iron-session';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { options } from '../../options';

export default async function Page() {
  const session = await getIronSession(await cookies(), options());
  if (!session.name) redirect('/sign-in');
  return <h1>Hello {session.name}</h1>;
}
