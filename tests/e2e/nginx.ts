import { readFileSync } from 'node:fs';

/** Where nginx stands in a test, and what it leads to. */
type Place = { port: number; plainPort: number; appPort: number; folder: string; origin: string };

/** One process that stays in front: whatever ends it, nothing is left behind. */
const alone = 'daemon off;\nmaster_process off;\n';

/** deploy/nginx.conf, with other addresses, ports and folders and not a word changed besides.
 * @throws Error where one of them is not in it */
export function deployedNginx({ port, plainPort, appPort, folder, origin }: Place): string {
  const changes: [from: string, to: string][] = [
    ['listen 8080;', `listen 127.0.0.1:${plainPort};`],
    ['listen 8443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['server app:3000 ', `server 127.0.0.1:${appPort} `],
    [' /tmp/', ` ${folder}/`],
    ['/etc/nginx/tls/', `${folder}/`],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as envsubst reads it
    ['${AUTH_URL}', origin],
  ];
  return changes.reduce((config, [from, to]) => {
    if (!config.includes(from)) throw new Error(`deploy/nginx.conf has no ${from}`);
    return config.replaceAll(from, to);
  }, alone + readFileSync('deploy/nginx.conf', 'utf8'));
}

/** Proxies of others: each listens on a port of its own and passes on as its lines say. */
export function foreignNginx(folder: string, proxies: { port: number; lines: string }[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `${alone}pid nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${temporary.map((one) => `${one}_temp_path other-${one};`).join('\n  ')}
  ssl_certificate ${folder}/fullchain.pem;
  ssl_certificate_key ${folder}/privkey.pem;
  proxy_buffer_size 16k;
  proxy_buffers 8 16k;
${proxies
  .map(({ port, lines }) => `  server { listen 127.0.0.1:${port} ssl; location / { ${lines} } }`)
  .join('\n')}
}
`;
}
