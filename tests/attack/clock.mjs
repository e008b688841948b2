/** Preloaded into an app under test (NODE_OPTIONS=--import=…): its clock runs ahead by as many
 * seconds as the file ATTACK_CLOCK_FILE says at that moment. */
import { readFileSync } from 'node:fs';

const file = process.env.ATTACK_CLOCK_FILE ?? '';
const RealDate = Date;
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8')) * 1000;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
