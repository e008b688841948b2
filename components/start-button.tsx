import type { ReactNode } from 'react';
import type { Confirms } from '@/lib/flow';

type Props = {
  returnTo: string;
  /** Whether Microsoft asks which account to use, even where only one is signed in. */
  otherAccount?: boolean;
  primary?: boolean;
  /** Whether the person confirms a session that they have. */
  confirm?: Confirms | undefined;
  children: ReactNode;
};

/** A button of our own look that starts a sign-in, for all but the first one. */
export function StartButton({ returnTo, otherAccount, primary, confirm, children }: Props) {
  return (
    <form method="post" action="/auth/start">
      <input type="hidden" name="returnTo" value={returnTo} />
      {otherAccount && <input type="hidden" name="prompt" value="select_account" />}
      {confirm && <input type="hidden" name="confirm" value={confirm} />}
      <button type="submit" className={primary ? 'button button-primary' : 'button'}>
        {children}
      </button>
    </form>
  );
}
