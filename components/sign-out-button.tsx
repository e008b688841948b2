import type { ReactNode } from 'react';

type Props = {
  /** What ends: this session, Microsoft's too, or every session of this person in this app. */
  scope: 'app' | 'microsoft' | 'everywhere';
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
