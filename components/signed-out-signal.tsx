'use client';

import { useEffect } from 'react';
import { openSessionChannel, type SessionMessage } from './session-channel';

/** Tells the other tabs that a sign-out has happened: this page is only shown without a session. */
export function SignedOutSignal() {
  useEffect(() => {
    const channel = openSessionChannel();
    channel.postMessage('signed-out' satisfies SessionMessage);
    channel.close();
  }, []);
  return null;
}
