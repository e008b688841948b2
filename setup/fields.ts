import { whereToFind } from '../lib/config-problem';
import { bareGuid, clientId, tenantFault } from '../lib/config-variables';
import { clientSecret } from '../lib/credential-variables';

/** The three fields, as they were typed. */
export type Typed = { clientId: string; clientSecret: string; tenants: string };

/** What is wrong with one field. `code` is stable; `message` never repeats what was typed. */
export type FieldProblem = { field: keyof Typed; code: string; message: string };

/** What the three fields say, as far as that can be told without asking anybody. */
export type Fields = {
  clientId?: string;
  clientSecret?: string;
  /** In lower case, each once. */
  tenantIds: string[];
  /** Tenants that were given by domain name, in lower case, each once: discovery finds their ids. */
  domains: string[];
  problems: FieldProblem[];
};

/** The variable that each field is saved as. */
const variableOfField: Readonly<Record<keyof Typed, string>> = {
  clientId: 'AZURE_CLIENT_ID',
  clientSecret: 'AZURE_CLIENT_SECRET',
  tenants: 'AZURE_VALID_TENANT_IDS',
};

/** The longest id or secret that is looked at. Microsoft's secrets have up to 64 characters.
 * @see https://learn.microsoft.com/graph/api/resources/passwordcredential (`secretText`) */
const maxValueLength = 512;
const maxListLength = 64 * 1024;
const maxTenants = 100;

const texts: Readonly<Record<keyof Typed, Readonly<Record<string, string>>>> = {
  clientId: {
    missing: 'Enter the Application (client) ID.',
    placeholder: 'This is still a placeholder: enter the Application (client) ID.',
    not_a_guid:
      'This is not an Application (client) ID, which has 8-4-4-4-12 characters: digits and the letters a to f.',
    look_alike:
      'This has characters that only look like digits, hyphens or the letters a to f, or that cannot be seen: copy the ID again.',
    too_long: 'This is too long to be an Application (client) ID.',
    same_as_tenant:
      'The same ID is in the list of tenants. The two stand one above the other: one was copied in the place of the other.',
  },
  clientSecret: {
    missing: 'Enter the client secret.',
    placeholder: 'This is still a placeholder: enter the Value of the client secret.',
    secret_id: 'This is the Secret ID: copy the Value, in the column beside it.',
    quoted: 'This has quotation marks around it: enter the secret without them.',
    too_short: 'This is too short to be a client secret: copy the whole Value.',
    too_long: 'This is too long to be a client secret: copy the Value alone.',
    line_break: 'This has a line break or a control character in it: copy the Value alone.',
    space: 'This has a space in it: copy the Value alone.',
    look_alike: 'This has a character in it that cannot be seen: copy the Value again.',
  },
  tenants: {
    missing: 'Enter at least one tenant ID: an empty list lets nobody in.',
    too_long: 'This list is too long to be read.',
    too_many: `This list has more than ${maxTenants} entries.`,
    placeholder: 'still a placeholder: enter a tenant ID.',
    tenant_is_authority:
      'a kind of account, not a tenant: enter the ID of each organisation that may come in.',
    look_alike:
      'not a tenant ID: some characters only look like digits, hyphens or the letters a to f, or cannot be seen.',
    not_a_guid: 'neither a tenant ID (8-4-4-4-12 characters) nor a domain name.',
    same_as_client: 'the Application (client) ID, not a tenant ID.',
  },
};

function problem(field: keyof Typed, code: string, before = ''): FieldProblem {
  const says = `${before}${texts[field][code] ?? texts[field].missing}`;
  return {
    field,
    code,
    message: `${says} Where to find it: ${whereToFind[variableOfField[field]]}.`,
  };
}

type Refused = { issues: NonNullable<ReturnType<typeof clientId.safeParse>['error']>['issues'] };
const codeOf = ({ issues: [issue] }: Refused) =>
  issue?.code === 'custom' ? String(issue.params?.code) : 'missing';

/** Whether text has the shape of a GUID, drawn with characters from elsewhere: Cyrillic letters,
 * full-width digits, typographic dashes, characters without width. Nobody sees the difference. */
function isLookAlike(text: string): boolean {
  if (!/[^\x20-\x7e]/.test(text)) return false;
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const shape = /^[\p{L}\p{N}]{8}(?:-[\p{L}\p{N}]{4}){3}-[\p{L}\p{N}]{12}$/u;
  return shape.test(plain.replace(/[\p{Pd}\u2212]/gu, '-'));
}

function readClientId(typed: string): { clientId?: string; problems: FieldProblem[] } {
  const code = typed.length > maxValueLength ? 'too_long' : undefined;
  const parsed = clientId.safeParse(code ? '' : typed);
  if (parsed.success) return { clientId: parsed.data, problems: [] };
  const guess = code ?? (isLookAlike(bareGuid(typed)) ? 'look_alike' : codeOf(parsed.error));
  return { problems: [problem('clientId', guess)] };
}

function secretFault(typed: string): string | undefined {
  if (typed.length > maxValueLength) return 'too_long';
  const value = typed.trim();
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) return 'line_break';
  if (/[\p{Cf}\p{Cs}]/u.test(value)) return 'look_alike';
  return /\s/.test(value) ? 'space' : undefined;
}

function readClientSecret(typed: string): { clientSecret?: string; problems: FieldProblem[] } {
  const fault = secretFault(typed);
  const parsed = clientSecret.safeParse(fault === 'too_long' ? '' : typed);
  const value = parsed.success ? parsed.data : undefined;
  if (value && !fault) return { clientSecret: value, problems: [] };
  // A Secret ID or a placeholder says more than the space in it.
  const known = parsed.success ? undefined : codeOf(parsed.error);
  const telling = known && ['secret_id', 'placeholder', 'quoted'].includes(known);
  const code = telling ? known : (fault ?? known ?? 'missing');
  return { problems: [problem('clientSecret', code)] };
}

/** Commas and semicolons as people type them, in any script, and everything between words. */
const separators = /[\s,;\uff0c\uff1b\u3001\u060c\u061b]+/;

/** A name of RFC 1123 §2.1. It becomes part of an address, so nothing else passes. */
const domain =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

function tenantProblem(entry: string): string | undefined {
  if (domain.test(entry)) return undefined;
  const code = tenantFault(entry, '')?.[0];
  if (!code) return undefined;
  if (code === 'tenant_is_authority' || code === 'placeholder') return code;
  return isLookAlike(entry) ? 'look_alike' : 'not_a_guid';
}

const listed = (positions: number[]) => {
  const first = positions.slice(0, 5).join(', ');
  const more = positions.length > 5 ? ' and others' : '';
  return positions.length === 1 ? `Entry ${first} is ` : `Entries ${first}${more} are each `;
};

function readTenants(typed: string, client: string | undefined) {
  const nothing = { tenantIds: [], domains: [] };
  const refuse = (code: string) => ({ ...nothing, problems: [problem('tenants', code)] });
  if (typed.length > maxListLength) return refuse('too_long');
  const entries = typed.split(separators).map(bareGuid).filter(Boolean);
  if (entries.length === 0) return refuse('missing');
  if (new Set(entries).size > maxTenants) return refuse('too_many');

  const positions = new Map<string, number[]>();
  const right: string[] = [];
  const alone = entries.every((entry) => entry === client);
  for (const [index, entry] of entries.entries()) {
    const code = entry === client && !alone ? 'same_as_client' : tenantProblem(entry);
    if (code) positions.set(code, [...(positions.get(code) ?? []), index + 1]);
    else right.push(entry);
  }
  const found = [...new Set(right)];
  return {
    tenantIds: found.filter((entry) => !domain.test(entry)),
    domains: found.filter((entry) => domain.test(entry)),
    problems: [...positions].map(([code, where]) => problem('tenants', code, listed(where))),
  };
}

/** Reads the three fields and names every problem at once, in the order of the fields. A field
 * without a problem keeps its value, whatever is wrong with the others. */
export function readFields(typed: Typed): Fields {
  const client = readClientId(typed.clientId);
  const secret = readClientSecret(typed.clientSecret);
  const tenants = readTenants(typed.tenants, client.clientId);
  const mixedUp = client.clientId !== undefined && tenants.tenantIds.includes(client.clientId);
  return {
    ...client,
    ...secret,
    ...tenants,
    problems: [
      ...(mixedUp ? [problem('clientId', 'same_as_tenant')] : client.problems),
      ...secret.problems,
      ...tenants.problems,
    ],
  };
}
