import { z } from 'zod';
import type { Identity } from './identity';
import type { Sealer } from './sealer';

/** How long a form waits for its sender, in seconds: as long as a sign-in may take, and a little. */
export const keptFormSeconds = 20 * 60;

/** A form that needs more than this is not kept, in characters of its cookie: servers and proxies
 * refuse requests with headers over 8 KB. */
const mostCharacters = 2000;

const wireSchema = z.object({
  p: z.string(),
  w: z.string(),
  t: z.int(),
  f: z.array(z.tuple([z.string(), z.string()])),
});

const personOf = ({ tenantId, objectId }: Pick<Identity, 'tenantId' | 'objectId'>) =>
  `${tenantId}.${objectId}`;
const pathOf = (place: string) => new URL(place, 'https://app.invalid').pathname;

/** The fields that a person filled in. React adds its own before them (`$ACTION_…`), and its client
 * numbers them (`_1_amount`); files are not kept. */
function fieldsOf(form: FormData): [name: string, value: string][] {
  return [...form].flatMap(([name, value]): [string, string][] => {
    if (typeof value !== 'string' || /^(_\d+_)?\$ACTION/.test(name) || /^\d+$/.test(name))
      return [];
    return [[name.replace(/^_\d+_/, ''), value]];
  });
}

/** Seals a submitted form into the value of a cookie, for the person who sent it and for that path.
 * @returns no token when there is nothing to keep, or too much: then it is lost */
export async function keepForm(
  sealer: Sealer,
  identity: Pick<Identity, 'tenantId' | 'objectId'>,
  place: string,
  form: FormData,
  nowSeconds: number,
): Promise<{ token?: string; isLost: boolean }> {
  const fields = fieldsOf(form);
  // An empty file is what browsers send where none was chosen.
  const hasFile = [...form.values()].some((one) => one instanceof Blob && one.size > 0);
  if (fields.length === 0) return { isLost: hasFile };
  const token = await sealer.seal({
    p: pathOf(place),
    w: personOf(identity),
    t: nowSeconds,
    f: fields,
  } satisfies z.input<typeof wireSchema>);
  return token.length > mostCharacters ? { isLost: true } : { token, isLost: hasFile };
}

/** Opens a kept form; empty when it is another person's, of another path, too old or not ours. */
export async function openKeptForm(
  sealer: Sealer,
  identity: Pick<Identity, 'tenantId' | 'objectId'>,
  place: string,
  token: string,
  nowSeconds: number,
): Promise<ReadonlyMap<string, string>> {
  const opened = await sealer.open(token);
  const wire = opened.ok ? wireSchema.safeParse(opened.payload).data : undefined;
  const isTheirs = wire?.w === personOf(identity) && wire.p === pathOf(place);
  return new Map(wire && isTheirs && nowSeconds < wire.t + keptFormSeconds ? wire.f : []);
}
