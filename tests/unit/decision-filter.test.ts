import { expect, test } from '@playwright/test';
import { filterQuery, type Query, readDecisionFilter } from '../../lib/decision-filter';
import type { Decision } from '../../lib/decisions';

const contoso = '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61';
const fabrikam = 'b27d94e0-51fc-4a38-8e6b-0c93d7a5f184';

const decisions: Record<string, Decision> = {
  ada: { atMs: 4, verdict: 'let-in', tenantId: contoso },
  guest: {
    ...{ atMs: 3, verdict: 'refused', code: 'guest_not_allowed' },
    ...{ tenantId: fabrikam, incidentId: '1a2b3c4d' },
  },
  lost: { atMs: 2, verdict: 'failed', code: 'flow_missing', incidentId: '1a2bffff' },
};
const found = (query: Query) => {
  const { matches } = readDecisionFilter(query);
  return Object.keys(decisions).filter((name) => matches(decisions[name] as Decision));
};

const right: [query: Query, names: string[]][] = [
  [{}, ['ada', 'guest', 'lost']],
  [{ verdict: '', tenant: '', incident: ' ' }, ['ada', 'guest', 'lost']],
  [{ verdict: 'let-in' }, ['ada']],
  [{ verdict: 'refused' }, ['guest']],
  [{ tenant: contoso }, ['ada']],
  [{ tenant: contoso.toUpperCase() }, ['ada']],
  [{ tenant: '00000000-0000-0000-0000-000000000000' }, []],
  [{ incident: '1a2b3c4d' }, ['guest']],
  [{ incident: ' 1A2B3C4D ' }, ['guest']],
  [{ incident: '1a2b' }, ['guest', 'lost']],
  [{ incident: 'a2b' }, []],
  [{ incident: '1a2b', verdict: 'failed' }, ['lost']],
  [{ incident: '1a2b', verdict: 'let-in' }, []],
  [{ verdict: ['failed', 'let-in'] }, ['lost']],
];
for (const [query, names] of right) {
  test(`${JSON.stringify(query)} finds ${names.join(', ') || 'nothing'}`, () => {
    expect(readDecisionFilter(query).problems).toEqual({});
    expect(found(query)).toEqual(names);
  });
}

const wrong: [query: Query, fields: string[]][] = [
  [{ verdict: 'maybe' }, ['verdict']],
  [{ verdict: '__proto__' }, ['verdict']],
  [{ tenant: 'contoso' }, ['tenant']],
  [{ incident: '1a2b3c4g' }, ['incident']],
  [{ incident: '<b>' }, ['incident']],
  [{ incident: 'a'.repeat(37) }, ['incident']],
  [{ verdict: 'x', tenant: 'y', incident: 'z' }, ['verdict', 'tenant', 'incident']],
  [{ verdict: 'let-in', incident: 'z' }, ['incident']],
];
for (const [query, fields] of wrong) {
  test(`${JSON.stringify(query)} finds nothing, and says so of ${fields.join(', ')}`, () => {
    const { typed, problems, isSet } = readDecisionFilter(query);
    expect(Object.keys(problems)).toEqual(fields);
    expect(isSet).toBe(true);
    expect(typed, 'as it was typed').toMatchObject(query);
    expect(found(query)).toEqual([]);
  });
}

const queries: [query: Query, wanted: string | undefined][] = [
  [{}, undefined],
  [{ verdict: '', tenant: '', incident: '' }, undefined],
  [{ incident: '<b>' }, undefined],
  [{ x: 'canary' }, ''],
  [{ x: ['canary'], incident: ' 1a ' }, '?incident=1a'],
  [{ verdict: ['let-in', 'canary'] }, '?verdict=let-in'],
  [{ incident: `<${'a'.repeat(500)}` }, `?incident=%3C${'a'.repeat(199)}`],
];
for (const [query, wanted] of queries) {
  test(`a query of ${JSON.stringify(query).slice(0, 60)} becomes ${wanted?.slice(0, 30)}`, () => {
    expect(filterQuery(query)).toBe(wanted);
    const sentOn = Object.fromEntries(new URLSearchParams(wanted));
    if (wanted !== undefined) expect(filterQuery(sentOn), 'at most once').toBeUndefined();
  });
}
