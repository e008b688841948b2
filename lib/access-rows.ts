import { access, type Policy } from './access';

/** One line of the route policy, for people who read no code. */
export type AccessRow = {
  path: string;
  /** Who may open it, in words. */
  opens: string;
};

const words: Readonly<Record<Policy, string>> = {
  public: 'Anyone',
  'signed-in': 'Anyone who is signed in',
  'signed-in-certain':
    'Anyone who is signed in, while this instance knows which sessions were ended',
  absent: 'Nobody: it does not exist',
};

/** The route policy in words, in the order of the table. */
export function accessRows(table: Readonly<Record<string, Policy>> = access): AccessRow[] {
  return Object.entries(table).map(([path, policy]) => ({ path, opens: words[policy] }));
}
