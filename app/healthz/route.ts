/** Whether the process is up: no configuration, no I/O, any Host. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}
