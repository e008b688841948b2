import { expect, test } from '@playwright/test';
import {
  type Fetch,
  maxAnswerBytes,
  requestJson,
  upstreamDeadlineSeconds,
} from '../../lib/upstream';
import { outcomeOf } from './id-token-builder';

const url = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';
const answer = (body: BodyInit | null, init?: ResponseInit): Fetch => {
  return async () => new Response(body, init);
};
const ask = (fetch: Fetch, init?: RequestInit) => requestJson(fetch, 'token', url, init);
const outcome = (fetch: Fetch, init?: RequestInit) => outcomeOf(ask(fetch, init));

test('a JSON object is returned with its status', async () => {
  expect(await ask(answer('{"a":1}'))).toEqual({ status: 200, json: { a: 1 } });
});

test('an OAuth error answer is returned, for the caller to explain', async () => {
  const text = '{"error":"invalid_grant"}';
  for (const status of [400, 401, 404]) {
    expect(await ask(answer(text, { status }))).toEqual({
      status,
      json: { error: 'invalid_grant' },
    });
  }
});

test('one request is made, of which no cache keeps anything and which follows no redirect', async () => {
  const calls: [url: string, init: RequestInit][] = [];
  await ask(
    async (asked, init) => {
      calls.push([asked, init]);
      return Response.json({});
    },
    { method: 'POST', body: 'code=1', headers: { accept: 'application/json' } },
  );
  expect(calls).toEqual([
    [
      url,
      {
        method: 'POST',
        body: 'code=1',
        headers: { accept: 'application/json' },
        redirect: 'manual',
        cache: 'no-store',
        signal: expect.any(AbortSignal),
      },
    ],
  ]);
});

test('a caller cannot have redirects followed', async () => {
  let redirect: string | undefined;
  await ask(
    async (_, init) => {
      redirect = init.redirect;
      return Response.json({});
    },
    { redirect: 'follow' },
  );
  expect(redirect).toBe('manual');
});

const unavailable: [what: string, fetch: Fetch, reason: string][] = [
  ...[500, 502, 503, 429, 301, 302, 303, 307, 308].map((status): [string, Fetch, string] => [
    `status ${status}`,
    answer('{}', { status, headers: { location: 'https://evil.example/' } }),
    `status_${status}`,
  ]),
  ['an opaque redirect', async () => Response.error(), 'status_0'],
  ['a page in HTML', answer('<!doctype html><title>Sign in</title>'), 'not_json'],
  ['cut JSON', answer('{"issuer":"https://login.micro'), 'not_json'],
  ['an empty body', answer(''), 'not_json'],
  ['no body', answer(null, { status: 204 }), 'not_json'],
  ['an array', answer('[{"issuer":"x"}]'), 'not_json'],
  ['null', answer('null'), 'not_json'],
  ['a text', answer('"text"'), 'not_json'],
  ['a number', answer('7'), 'not_json'],
  ['bytes that are not UTF-8', answer(new Uint8Array([0x7b, 0xff, 0x7d])), 'network'],
];
for (const [what, fetch, reason] of unavailable) {
  test(`${what} means that the provider is unavailable`, async () => {
    expect(await outcome(fetch)).toBe(`provider_unavailable ${reason}`);
  });
}

const failures: [code: string | undefined, reason: string][] = [
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'network'],
  ['ECONNRESET', 'network'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  [undefined, 'network'],
];
for (const [code, reason] of failures) {
  test(`a request that fails with ${code} is logged as ${reason}`, async () => {
    const error = new TypeError('fetch failed', code ? { cause: { code } } : {});
    expect(await outcome(() => Promise.reject(error))).toBe(`provider_unavailable ${reason}`);
  });
}

test('a failure that is no Error is the provider’s too', async () => {
  expect(await outcome(() => Promise.reject('down'))).toBe('provider_unavailable network');
});

test('the failed stage is kept for the log', async () => {
  for (const stage of ['metadata', 'keys', 'token'] as const) {
    await expect(requestJson(answer('', { status: 503 }), stage, url)).rejects.toMatchObject({
      detail: { stage, reason: 'status_503' },
    });
  }
});

test.describe('size', () => {
  const objectOf = (bytes: number) => `{"a":"${'a'.repeat(bytes - 8)}"}`;

  test('an answer of exactly one megabyte is read, one byte more is not', async () => {
    expect(maxAnswerBytes).toBe(1024 * 1024);
    expect(await outcome(answer(objectOf(maxAnswerBytes)))).toBe('accepted');
    expect(await outcome(answer(objectOf(maxAnswerBytes + 1)))).toBe(
      'provider_unavailable too_large',
    );
  });

  test('an endless answer is broken off as soon as it is too large', async () => {
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect(await outcome(answer(body))).toBe('provider_unavailable too_large');
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(2 * maxAnswerBytes);
  });

  test('a large error answer is not read either', async () => {
    const fetch = answer(objectOf(maxAnswerBytes + 1), { status: 400 });
    expect(await outcome(fetch)).toBe('provider_unavailable too_large');
  });
});

test.describe('deadline', () => {
  /** A server that accepts the connection and says nothing, until the request is given up. */
  const silent: Fetch = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  /** A server that sends half of its answer. */
  const stalling: Fetch = async (_, { signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"a":'));
          signal?.addEventListener('abort', () => controller.error(signal.reason));
        },
      }),
    );

  /** Runs with time shortened a hundredfold; tells which deadlines were asked for. */
  async function inShortTime(run: () => Promise<void>): Promise<number[]> {
    const { timeout } = AbortSignal;
    const asked: number[] = [];
    AbortSignal.timeout = (milliseconds) => {
      asked.push(milliseconds);
      return timeout.call(AbortSignal, milliseconds / 100);
    };
    // A deadline alone does not keep Node awake.
    const awake = setInterval(() => {}, 1000);
    try {
      await run();
    } finally {
      clearInterval(awake);
      AbortSignal.timeout = timeout;
    }
    return asked;
  }

  for (const [what, fetch] of Object.entries({ silent, stalling })) {
    test(`a ${what} provider is given up after five seconds`, async () => {
      const asked = await inShortTime(async () => {
        expect(await outcome(fetch)).toBe('provider_unavailable timeout');
      });
      expect(asked).toEqual([5000]);
      expect(upstreamDeadlineSeconds).toBe(5);
    });

    test(`a ${what} provider is given up after five seconds whatever the caller allows`, async () => {
      await inShortTime(async () => {
        const { signal } = new AbortController();
        expect(await outcome(fetch, { signal })).toBe('provider_unavailable timeout');
      });
    });

    test(`a ${what} provider is given up when the caller gives up`, async () => {
      const caller = new AbortController();
      const pending = outcome(fetch, { signal: caller.signal });
      await Promise.resolve();
      const abortedAt = performance.now();
      caller.abort();
      expect(await pending).toBe('provider_unavailable timeout');
      expect(performance.now() - abortedAt).toBeLessThan(1000);
    });
  }
});

test('the certificate faults of intercepting proxies are named as TLS', async () => {
  for (const code of ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'EPROTO', 'SELF_SIGNED_CERT_IN_CHAIN']) {
    const failing: Fetch = () => Promise.reject(new TypeError('x', { cause: { code } }));
    await expect(ask(failing)).rejects.toMatchObject({ detail: { reason: 'tls' } });
  }
});
