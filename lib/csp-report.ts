import 'server-only';

import { z } from 'zod';
import { record } from './audit';
import { limit } from './rate-limit';
import { readText } from './read-text';

/** More than a browser sends at once; the rest is not read. */
const maxBytes = 16 * 1024;
const maxReports = 10;

/** The Reporting API's envelope around CSP3 §5.4.
 * @see https://www.w3.org/TR/reporting-1/#media-type @see https://www.w3.org/TR/CSP3/#deprecated-serialize-violation */
const reportsSchema = z.array(
  z.object({
    type: z.literal('csp-violation'),
    body: z.object({
      documentURL: z.string().catch(''),
      blockedURL: z.string().catch(''),
      effectiveDirective: z.string().regex(/^[a-z-]{1,40}$/),
    }),
  }),
);

/** Addresses may hold a person's data, so only a page's path and a foreign site's origin are kept. */
const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname.slice(0, 200) : '');
const blockedOf = (url: string) => {
  if (/^[a-z-]{1,20}$/.test(url)) return url; // "inline", "eval", "data"
  return URL.canParse(url) ? new URL(url).origin.slice(0, 200) : '';
};

/** `POST /csp-report`: one log line per violation. Anyone can send one, so a line is a hint. */
export async function receiveCspReport(request: Request): Promise<Response> {
  const tooMany = await limit('csp-report', request, '/');
  if (tooMany) return tooMany;
  const text = await readText(request.body, maxBytes).catch(() => '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return new Response(null, { status: 400 });
  }
  const reports = reportsSchema.safeParse(json);
  if (!reports.success) return new Response(null, { status: 400 });
  for (const { body } of reports.data.slice(0, maxReports)) {
    record({
      event: 'csp.violation',
      directive: body.effectiveDirective,
      blocked: blockedOf(body.blockedURL),
      path: pathOf(body.documentURL),
    });
  }
  return new Response(null, { status: 204 });
}
