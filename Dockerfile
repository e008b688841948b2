# syntax=docker/dockerfile:1
# One image for every environment: it is built without a single setting and reads them all at start.
FROM node:22.23.3-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
# What is copied is listed in .dockerignore: a file that is not named there cannot get in.
COPY . .
RUN npm run build

FROM node:22.23.3-bookworm-slim
LABEL org.opencontainers.image.title="Azure Auth Manager for Next.js" \
  org.opencontainers.image.description="Sign in with Microsoft for Next.js" \
  org.opencontainers.image.licenses="MIT"
# Nothing is installed in here again. Without package managers there is less to be misused, and less
# for scanners to report.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
WORKDIR /app
# Containers set HOSTNAME to the container's id, and the server would listen on that alone.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
# The server owns none of its files and writes none: the root file system may be read-only.
COPY --from=build --chown=0:0 /app/.next/standalone ./
# By number, so that Kubernetes can see that it is not root (runAsNonRoot). It is the image's "node".
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "start.mjs"]
