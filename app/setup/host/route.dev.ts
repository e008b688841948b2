import { seeOther } from '@/lib/same-site';
import { isHere, isOpen, isOwnPost } from '@/setup/door';
import { draftStore } from '@/setup/draft';
import { readProductionOrigin } from '@/setup/production-origin';
import { nothingHere, originOf, readSetupForm } from '@/setup/requests';

/** Remembers where the app will run, for the addresses to register. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isHere(headers) || !isOpen(headers) || !isOwnPost(headers)) return nothingHere();
  const typed = (await readSetupForm(request))?.get('host')?.slice(0, 300) ?? '';
  const read = typed.trim() ? readProductionOrigin(typed) : { origin: '' };
  const { hostProblem: _, ...draft } = draftStore.draft;
  draftStore.draft =
    'problem' in read
      ? { ...draft, host: typed, hostProblem: read.problem }
      : { ...draft, host: read.origin };
  return seeOther(`${originOf(request)}/setup#where`);
}
