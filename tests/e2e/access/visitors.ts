import { expect } from '@playwright/test';
import { forgeSession } from '../../attack/forged-session';
import { Robot } from '../../attack/robot';
import type { Fork } from './fork';
import { moment } from './recipes';

/** What a person sees where the way leads: status, address, words. */
export async function look(robot: Robot, path: string) {
  let answer = await robot.open(path);
  let at = path;
  for (let hops = 0; hops < 5 && [303, 307].includes(answer.status); hops += 1) {
    at = (answer.headers.get('location') ?? '').replace(robot.origin, '');
    answer = await robot.open(at);
  }
  const html = await answer.text();
  const heading = /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]?.replace(/<!-- -->/g, '');
  return { at, status: answer.status, heading, html };
}

/** Presses a button that starts a sign-in, by its words on a page. @returns the authorization request */
export function press(robot: Robot, html: string, words: string): Promise<URL> {
  const forms = html.match(/<form [^>]*action="\/auth\/start".*?<\/form>/gs) ?? [];
  const form = forms.find((one) => one.includes(words));
  if (!form) throw new Error(`no button says ${words}`);
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)];
  const values = Object.fromEntries(fields.map(([, name, value]) => [name, value]));
  return robot.start(values.returnTo, values);
}

/** Presses Try again on the page that a sign-in ended at, and comes in this time. */
export async function retry(robot: Robot, wanted: string): Promise<void> {
  const { html } = await look(robot, '/auth/error');
  const answer = await robot.fetch(await robot.answer(await press(robot, html, 'Try again')));
  expect(answer.headers.get('location')).toBe(robot.origin + wanted);
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
}

/** Signs in with claims of a person's token changed. @returns where it led, and the browser */
export async function arrive(
  fork: Fork,
  name: string,
  {
    claims,
    returnTo = '/',
    reach = fork.app.url,
  }: { claims?: Record<string, unknown>; returnTo?: string; reach?: string } = {},
) {
  const robot = new Robot(fork);
  robot.reach = reach;
  if (claims) fork.entra.control.inject({ on: 'id_token', claims });
  const answer = await robot.signIn(name, returnTo);
  const to = (answer.headers.get('location') ?? '').replace(robot.origin, '');
  return { robot, to };
}

/** Gives a browser a session that began so many seconds after the recipes' moment. */
export async function withSession(
  { env }: Fork,
  robot: Robot,
  {
    tenantId,
    signedIn,
    appRoles = [],
  }: { tenantId: string; signedIn: number; appRoles?: string[] },
): Promise<void> {
  const ago = Math.floor((Date.parse(moment) - Date.now()) / 1000);
  const value = await forgeSession(env, {
    ...{ tenantId, signedIn: ago + signedIn, renewed: 0 },
    appRoles: appRoles as never,
  });
  robot.cookies().set(`azure-auth-${new URL(robot.origin).port}.session`, value);
}
