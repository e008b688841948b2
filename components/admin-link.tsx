import { mayOpen } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';

/** The way to the page for operators, for those whom it lets in. */
export async function AdminLink() {
  if (!(await mayOpen('/admin'))) return null;
  const { account } = await currentWords();
  return (
    <p>
      <a href="/admin">{account.administration}</a>
    </p>
  );
}
