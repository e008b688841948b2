/** nginx as the reverse proxy of several instances, with all that it needs in one folder and none of
 * root's rights. docs/deploy.md explains the lines that a deployment should have, too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from './instance.mjs';
import { findProgram, startProgram, until } from './program.mjs';

/** @param {{ port: number, instances: number[], idleMs: number }} options the ports, and how long a
 * connection to an instance is kept: shorter than SHUTDOWN_DELAY_SECONDS */
export const nginxConfig = ({ port, instances, idleMs }) => `
daemon off;
master_process off;  # one process: whatever ends it, nothing is left behind
pid nginx.pid;
error_log stderr warn;
events { worker_connections 8192; }
http {
  access_log off;  # the callback's address carries an authorization code
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;

  upstream app {
${instances.map((one) => `    server 127.0.0.1:${one} max_fails=0;`).join('\n')}
    keepalive 64;
    keepalive_timeout ${idleMs}ms;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_buffer_size 16k;
    proxy_buffers 8 16k;
    proxy_connect_timeout 2s;

    location / {
      proxy_pass http://app;
    }
    location ~ ^/auth/(start|sign-out)$ {  # repeats harmlessly
      proxy_next_upstream error timeout non_idempotent;
      proxy_pass http://app;
    }
  }
}
`;

/** Starts nginx by a configuration and waits until it answers.
 * @param {{ folder: string, config: string, url: string, onLine?: (line: string) => void }} options
 * `folder` is its own, `url` what it answers */
export async function runNginx({ folder, config, url, onLine }) {
  const command = findProgram('nginx');
  if (!command) throw new Error('nginx is not installed.');
  writeFileSync(join(folder, 'nginx.conf'), config);
  let said = '';
  const program = startProgram(command, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    cwd: folder,
    onLine: (line) => {
      said = line;
      onLine?.(line);
    },
  });
  const isUp = async () => !program.isRunning() || (await statusOf(url)) > 0;
  await until(isUp, 'nginx does not answer');
  if (!program.isRunning())
    throw new Error(`nginx ended with code ${await program.ended()}: ${said}`);
  return program;
}

/** @param {{ folder: string, port: number, instances: number[], idleMs: number, onLine?: (line: string) => void }} options */
export async function startNginx({ folder, onLine, ...settings }) {
  const origin = `http://localhost:${settings.port}`;
  const program = await runNginx({
    ...{ folder, config: nginxConfig(settings), url: `${origin}/healthz` },
    ...(onLine && { onLine }),
  });
  return { ...program, origin };
}
