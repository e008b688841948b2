import { expect, test } from '@playwright/test';
import { createReader, page, personId } from './graph-answers';
import { contoso, fabrikam, objectId } from './id-token-builder';

import { byAssertion } from './provers';

test.describe('the token of the app', () => {
  const refused = (error: string, description: string) => () =>
    Response.json({ error, error_description: description }, { status: 401 });

  test('is kept for the tenant until five minutes before its end', async () => {
    const graph = createReader();
    for (const [seconds, tokens] of [
      [0, 1],
      [3599 - 301, 1],
      [1, 2],
    ] as const) {
      graph.nowSeconds += seconds;
      await graph.read(personId(graph.pages.length));
      expect(graph.tokens).toHaveLength(tokens);
    }
    await graph.read(objectId, fabrikam);
    expect(graph.tokens.map(({ url }) => url.split('/')[3])).toEqual([contoso, contoso, fabrikam]);
  });

  test('is asked for once by many people at the same time', async () => {
    const graph = createReader();
    await Promise.all(Array.from({ length: 20 }, (_, at) => graph.read(personId(at))));
    expect([graph.tokens.length, graph.pages.length]).toEqual([1, 20]);
  });

  test('that was refused is told with Microsoft’s number and ids, and none of its words', async () => {
    const traceId = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    const description = `AADSTS7000222: canary Trace ID: ${traceId}`;
    const graph = createReader(undefined, { token: refused('invalid_client', description) });
    await expect(graph.read()).rejects.toMatchObject({
      message: 'groups_unavailable: invalid_client',
      detail: {
        stage: 'groups',
        reason: 'invalid_client',
        aadsts: 7000222,
        problem: 'secret_expired',
        traceId,
        tenantId: contoso,
      },
    });
    expect(graph.pages).toEqual([]);
  });

  const junk: Record<string, unknown>[] = [
    {},
    { access_token: '' },
    { access_token: 7 },
    { access_token: 'canary\r\nx-evil: 1' },
    { access_token: 'canary canary' },
    { access_token: 'cänary' },
    { access_token: ['canary'] },
    { access_token: 'canary', token_type: 'pop' },
    { access_token: 'canary', expires_in: 'soon' },
    { access_token: 'canary', expires_in: null },
  ];
  for (const answer of junk) {
    test(`is not taken from ${JSON.stringify(answer)}`, async () => {
      const token = () => Response.json({ token_type: 'Bearer', expires_in: 3599, ...answer });
      const graph = createReader(undefined, { token });
      expect(await graph.outcome()).toBe('groups_unavailable token_shape');
      expect(graph.pages).toEqual([]);
    });
  }

  test('is replaced after Graph refused it, so that a permission given now counts soon', async () => {
    let granted = false;
    const denied = Response.json(
      { error: { code: 'Authorization_RequestDenied' } },
      { status: 403 },
    );
    const graph = createReader(() => (granted ? page(0, 3) : denied.clone()));
    expect(await graph.outcome()).toBe('groups_unavailable permission_missing');
    granted = true;
    expect(await graph.outcome(personId(1))).toBe('groups_unavailable permission_missing');
    expect([graph.tokens.length, graph.pages.length]).toEqual([1, 1]);
    graph.nowSeconds += 5;
    expect(await graph.outcome()).toBe('3 groups');
    expect(graph.tokens).toHaveLength(2);
  });

  test('cannot be made while the certificate is unusable, and the reason names no file', async () => {
    const prover = byAssertion(() => Promise.reject(new RangeError('/run/secrets/canary.pem')));
    const graph = createReader(undefined, { prover });
    const error = await graph.read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'groups_unavailable', detail: { reason: 'RangeError' } });
    expect((error as Error).cause).toBeUndefined();
  });
});

test.describe('keeping', () => {
  test('a person’s groups are kept for five minutes, and asked for again after them', async () => {
    const graph = createReader((at) => page(0, at + 1));
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 299;
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 1;
    expect(await graph.outcome()).toBe('2 groups');
  });

  test('old groups do not outlive an outage', async () => {
    const graph = createReader((at) =>
      at === 0 ? page(0, 1) : new Response(null, { status: 503 }),
    );
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 300;
    expect(await graph.outcome()).toBe('groups_unavailable status_503');
  });

  test('people of the same object id in two tenants are two people', async () => {
    const graph = createReader((at) => page(0, at + 1));
    expect([await graph.outcome(), await graph.outcome(objectId, fabrikam)]).toEqual([
      '1 groups',
      '2 groups',
    ]);
  });

  test('many requests of one person at the same time cost one', async () => {
    const graph = createReader();
    await Promise.all(Array.from({ length: 50 }, () => graph.read()));
    expect(graph.pages).toHaveLength(1);
  });

  test('a failure is repeated for five seconds without asking, for that person alone', async () => {
    const graph = createReader((at) =>
      at === 0 ? new Response(null, { status: 503 }) : page(0, 2),
    );
    const failed = 'groups_unavailable status_503';
    expect(await Promise.all([graph.outcome(), graph.outcome()])).toEqual([failed, failed]);
    graph.nowSeconds += 4;
    expect(await graph.outcome()).toBe(failed);
    expect(graph.pages).toHaveLength(1);
    expect(await graph.outcome(personId(1))).toBe('2 groups');
    graph.nowSeconds += 1;
    expect(await graph.outcome()).toBe('2 groups');
  });

  for (const [retryAfter, seconds] of [
    ['12', 12],
    ['1', 5],
    ['86400', 30],
    ['-1', 5],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 5],
    [undefined, 5],
  ] as const) {
    test(`throttling with Retry-After ${retryAfter} keeps the tenant quiet for ${seconds} seconds`, async () => {
      const headers = { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) };
      const graph = createReader((at) =>
        at === 0 ? new Response(null, { status: 429, headers }) : page(0, 2),
      );
      const throttled = 'groups_unavailable status_429';
      expect(await graph.outcome()).toBe(throttled);
      graph.nowSeconds += seconds - 1;
      expect(await graph.outcome(personId(1))).toBe(throttled);
      expect(graph.pages).toHaveLength(1);
      expect(await graph.outcome(personId(2), fabrikam)).toBe('2 groups');
      graph.nowSeconds += 1;
      expect(await graph.outcome(personId(3))).toBe('2 groups');
    });
  }

  test('ten thousand people are kept, and the one who has waited longest is forgotten first', async () => {
    const graph = createReader(() => Response.json({ value: [] }));
    const everyone = Array.from({ length: 10_001 }, (_, at) => personId(at));
    for (const oid of everyone) await graph.read(oid);
    await graph.read(everyone[1]);
    expect(graph.pages).toHaveLength(10_001);
    await graph.read(everyone[0]);
    expect(graph.pages).toHaveLength(10_002);
  });
});
