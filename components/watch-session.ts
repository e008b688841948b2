import { type Ends, type Phase, phaseAt } from '@/lib/session-end';
import type { TimeLeft } from '@/lib/time-left';
import { conceal } from './conceal';
import { openSessionChannel, type SessionMessage } from './session-channel';

/** What the server says of the session when it makes a page; `person` is a mark of who it is. */
export type KnownSession = TimeLeft & { person: string; idleSeconds: number };

/** What people are shown, and how long there is left. */
export type Show = (phase: Phase, leftMs: number) => void;

/** After a sign-out elsewhere the server is asked this often: that tab may be on its way to
 * Microsoft still. In milliseconds after the question before. */
const signOutChecksMs = [100, 300, 600, 1000, 2000, 4000];

/** What counts as use of a page. */
const useEvents = ['input', 'keydown', 'pointerdown', 'wheel'];

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function endsFrom({ idleEndsInSeconds, endsInSeconds }: TimeLeft): Ends {
  const nowMs = Date.now();
  return {
    idleEndsAtMs: nowMs + idleEndsInSeconds * 1000,
    endsAtMs: nowMs + endsInSeconds * 1000,
  };
}

/** Whether anything was entered on this page: then it is not loaded anew. As old as the page, which
 * may outlive a watch. */
let isTouched = false;

/** Keeps an eye on the session for as long as the page is there. The server gives nothing away
 * without this; it is for who sits at the screen, and for what they have typed. */
export function watchSession({ person, idleSeconds, ...left }: KnownSession, show: Show) {
  let ends = endsFrom(left);
  let askedAtMs = Date.now();
  let phase: Phase = 'quiet';
  let isEnded = false; // said the server, whatever the clock says
  let isTold = false; // of the absolute end
  let isKept = false; // by the browser, for the Back button
  let channel = openSessionChannel();

  const tell = () => channel.postMessage({ person, ends } satisfies SessionMessage);

  const look = () => {
    const nowMs = Date.now();
    phase = isEnded ? 'over' : phaseAt(nowMs, ends, idleSeconds);
    if (phase === 'last' && isTold) phase = 'quiet';
    show(phase, Math.min(ends.idleEndsAtMs, ends.endsAtMs) - nowMs);
    conceal(isKept || phase === 'over');
  };

  /** @returns the status of the answer; 0 without one */
  const ask = async (method = 'GET'): Promise<number> => {
    askedAtMs = Date.now();
    try {
      const answer = await fetch('/api/session', { method, cache: 'no-store' });
      if (answer.ok) {
        const told: { person: string } & TimeLeft = await answer.json();
        if (told.person !== person) {
          location.reload(); // somebody else's page must not act in this person's name
          return 0;
        }
        ends = endsFrom(told);
        isEnded = isKept = false;
        look();
      }
      return answer.status;
    } catch {
      return 0;
    }
  };

  const end = () => {
    if (phase === 'over') return;
    isEnded = isTouched;
    if (isTouched) return look();
    conceal(true);
    location.reload(); // the server shows the sign-in page in its place
  };

  const check = async () => {
    if (document.visibilityState === 'hidden') return;
    look();
    // To ask is to stay, which is for people to decide once they were asked.
    if (phase !== 'idle' && (await ask()) === 401) end();
  };

  /** @returns whether it worked, or there is no session to stay in */
  const stay = async (): Promise<boolean> => {
    const status = await ask('POST');
    if (status === 200) tell();
    if (status === 401) end();
    return status === 200 || status === 401;
  };

  const use = ({ type }: Event) => {
    if (type === 'input') isTouched = true;
    // Whoever types for an hour does something, though the server hears nothing of it.
    const isDue = Date.now() - askedAtMs >= Math.min(5 * 60, idleSeconds / 4) * 1000;
    if (isDue && phase === 'quiet') void stay();
  };

  const confirmSignOut = async () => {
    for (const ms of signOutChecksMs) {
      await sleep(ms);
      if ((await ask()) !== 401) continue;
      conceal(true);
      return location.replace('/auth/signed-out');
    }
  };

  const hear = ({ data }: MessageEvent<SessionMessage>) => {
    if (data === 'signed-out') return void confirmSignOut();
    if (data.person !== person || phase === 'over') return void ask();
    ends = data.ends;
    look();
  };

  const submit = ({ target }: Event) => {
    if ((target as Element).getAttribute('action') === '/auth/sign-out') {
      channel.postMessage('signed-out' satisfies SessionMessage);
    }
  };

  const leave = () => {
    isKept = true;
    conceal(true); // the picture that Back would show first
    channel.close(); // an open one keeps pages out of the back/forward cache
  };

  const comeBack = async ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    channel = openSessionChannel();
    channel.onmessage = hear;
    if ((await ask()) !== 200) end();
  };

  const timer = setInterval(look, 1000); // compares clocks, so that sleep and throttling do no harm
  const listening = new AbortController();
  const { signal } = listening;
  channel.onmessage = hear;
  for (const name of useEvents) {
    document.addEventListener(name, use, { signal, passive: true, capture: true });
  }
  document.addEventListener('submit', submit, { signal });
  document.addEventListener('visibilitychange', check, { signal });
  for (const name of ['focus', 'popstate']) addEventListener(name, check, { signal });
  addEventListener('pagehide', leave, { signal });
  addEventListener('pageshow', comeBack, { signal });
  tell();
  look();
  return {
    stay,
    /** The notice of the absolute end was read. */
    dismiss: () => {
      isTold = true;
      look();
    },
    stop: () => {
      clearInterval(timer);
      listening.abort();
      channel.close();
      conceal(false);
    },
  };
}
