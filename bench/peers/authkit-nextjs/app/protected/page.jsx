// https://github.com/workos/authkit-nextjs#get-the-current-user-in-a-server-component; `ensureSignedIn` of a
// page fails in this version with "Cookies can only be modified in a Server Action or Route Handler".
import { withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export default async function Page() {
  const { user } = await withAuth();
  if (!user) redirect('/sign-in');
  return <h1>Hello {user.firstName}</h1>;
}
