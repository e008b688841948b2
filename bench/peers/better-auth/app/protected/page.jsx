// https://better-auth.com/docs/integrations/next#server-component-rsc
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { auth } from '../../auth';

export default async function Page() {
  const session = await auth.api.getSession({ headers: await headers() });
  if (!session) redirect('/sign-in');
  return <h1>Hello {session.user.name}</h1>;
}
