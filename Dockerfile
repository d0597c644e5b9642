# The App as a container: nothing but Node, the built bundle and its packages; runs as nobody, needs no writable root.
#
#   docker build -t gargoyle .
#   # settings without quotes around their values: Docker would take these as a part of them (docs/operating.md)
#   docker run --read-only --tmpfs /tmp -v gargoyle:/data -p 3000:3000 --env-file .env gargoyle
#
# The base image is named by exact version; pin it by digest too (`docker buildx imagetools inspect`) where you build.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    GARGOYLE_DATA=/data
WORKDIR /app
COPY --from=build /build/package.json ./package.json
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
RUN install -d -o node -g node -m 0700 /data
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1 gets the signals itself and stops gracefully on SIGTERM.
CMD ["node", "dist/cli.js", "serve"]
