import { requireIdentity } from '@/lib/auth';

export default async function Page() {
  const { name } = await requireIdentity('/protected');
  return <h1>Hello {name}</h1>;
}
