import { mayOpen } from '@/lib/auth';

/** The way to the page for operators, for those whom it lets in. */
export async function AdminLink() {
  if (!(await mayOpen('/admin'))) return null;
  return (
    <p>
      <a href="/admin">Administration: rules, health and latest sign-ins</a>
    </p>
  );
}
