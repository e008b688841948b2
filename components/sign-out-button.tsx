import type { ReactNode } from 'react';

type Props = {
  /** Where the session ends: in this app alone, or at Microsoft too. */
  scope: 'app' | 'microsoft';
  children: ReactNode;
};

/** A button that signs out. A form post, so that no image or link can do it. */
export function SignOutButton({ scope, children }: Props) {
  return (
    <form method="post" action="/auth/sign-out">
      <input type="hidden" name="scope" value={scope} />
      <button type="submit" className="button">
        {children}
      </button>
    </form>
  );
}
