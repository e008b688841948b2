/** The log is an interface that operators build alerts on. Its type in lib/audit.ts and its
 * description in docs/logs.md must say the same, so that no change of it goes unnoticed. */

/** Of each event its fields, `name?` for one that may be missing; of each field its type. */
export type LogSchema = { events: Map<string, string[]>; types: Map<string, string> };

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function declarationOf(source: string, name: string): string {
  const declared = new RegExp(`export type ${name} =([\\s\\S]*?);\\n(?:\\n|$)`).exec(source)?.[1];
  if (!declared) throw new Error(`there is no type ${name}`);
  return declared.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

/** The members of an object type: `name?: type;` */
function membersOf(text: string): { field: string; name: string; type: string }[] {
  return [...text.matchAll(/(\w+)(\??):\s*([^;}]+)/g)].map(
    ([, name = '', optional, type = '']) => ({
      ...{ name, type: inOneLine(type) },
      field: name + optional,
    }),
  );
}

/** The schema as the compiler knows it. @param error the source of `FailureDetail` */
export function schemaFromSource(audit: string, error: string): LogSchema {
  const detail = membersOf(declarationOf(error, 'FailureDetail'));
  const events = new Map<string, string[]>();
  const types = new Map<string, string>();
  for (const member of `\n${declarationOf(audit, 'AuditEvent')}`.split(/\n {2}\| /).slice(1)) {
    const [first, ...own] = membersOf(member);
    const event = /^'([\w.]+)'$/.exec(first?.type ?? '')?.[1];
    if (first?.name !== 'event' || !event) throw new Error(`no event begins with: ${member}`);
    const all = [...own, ...(member.includes('& FailureDetail') ? detail : [])];
    events.set(event, all.map(({ field }) => field).sort());
    for (const { name, type } of all) {
      const both = [types.get(name) ?? type, type];
      types.set(name, both.includes('string') ? 'string' : type); // one event may name its words
      if (both.some((one) => one !== types.get(name) && !one.startsWith("'"))) {
        throw new Error(`${name} has two types`);
      }
    }
  }
  return { events, types };
}

const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** The schema as docs/logs.md describes it, in a table of events and one of fields. */
export function schemaFromDocument(markdown: string): LogSchema {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim()));
  const table = (heading: string) => {
    const [, section = ''] = markdown.split(`\n## ${heading}\n`);
    const [body = ''] = section.split('\n## ');
    return rows.filter(([, name = '']) => body.includes(`\n| ${name} `));
  };
  return {
    events: new Map(
      table('Events').map(([, event = '', , fields = '']) => [
        codesIn(event).join(),
        codesIn(fields).sort(),
      ]),
    ),
    types: new Map(
      table('Fields').map(([, field = '', type = '']) => [
        codesIn(field).join(),
        codesIn(type).join(),
      ]),
    ),
  };
}

/** What one of the two says and the other does not. */
export function schemaProblems(source: LogSchema, document: LogSchema): string[] {
  const differences = (what: string, ours: Map<string, unknown>, told: Map<string, unknown>) =>
    [...new Set([...ours.keys(), ...told.keys()])]
      .filter((name) => String(ours.get(name)) !== String(told.get(name)))
      .map(
        (name) => `${what} ${name}: ${ours.get(name)} in code, ${told.get(name)} in docs/logs.md`,
      );
  return [
    ...differences('event', source.events, document.events),
    ...differences('field', source.types, document.types),
  ];
}
