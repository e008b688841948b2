// https://github.com/workos/authkit-nextjs#requiring-auth
import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function Page() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return <h1>Hello {user.firstName}</h1>;
}
