'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { SessionDialogProps } from './session-dialog';

/** Tells people before their session ends, and takes the page away when it has. Loaded after the
 * page and for who is signed in alone; a page is whole without it. */
export function SessionWatch(session: SessionDialogProps) {
  const [Dialog, setDialog] = useState<ComponentType<SessionDialogProps>>();
  useEffect(() => {
    import('./session-dialog').then(
      ({ SessionDialog }) => setDialog(() => SessionDialog),
      () => {}, // the build was replaced meanwhile, or the network is gone
    );
  }, []);
  return Dialog && <Dialog {...session} />;
}
