'use client';
// https://better-auth.com/docs/integrations/next#create-a-client
import { createAuthClient } from 'better-auth/react';

const { signIn } = createAuthClient();

export function SignInButton() {
  return (
    <button
      type="button"
      onClick={() => signIn.social({ provider: 'microsoft', callbackURL: '/protected' })}
    >
      Sign in
    </button>
  );
}
