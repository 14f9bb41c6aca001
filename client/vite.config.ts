import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the server's templates ask the manifest for, by source path. */
const entries: Record<string, string> = {
  play: here("src/app.ts"),
  reveal: here("src/reveal/main.ts"),
  specimen: here("src/plant/specimen-page.ts"),
  walk: here("src/plant/walk-page.ts"),
  site: here("src/ui/site.css"),
};

const server = process.env["RESILIENCE_SERVER"] ?? "http://127.0.0.1:8000";

/** In development every /play/<session> is the one page. */
const playPage: Plugin = {
  name: "play-page",
  configureServer(dev) {
    dev.middlewares.use((request, _response, next) => {
      if (request.url?.startsWith("/play/")) request.url = "/play.html";
      next();
    });
  },
};

export default defineConfig({
  plugins: [playPage],
  // Relative addresses: the server may mount the build under any prefix.
  base: "./",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/api": server,
      "/static": server,
      "/live": { target: server, ws: true },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
