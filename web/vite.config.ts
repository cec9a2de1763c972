import { defineConfig } from "vite";

/** The pages are package data of the server: an installed wheel needs no Node. */
export default defineConfig({
  base: "/",
  build: {
    outDir: "../server/pages",
    emptyOutDir: true,
    // Worklets must be files of their own: a strict content policy forbids data: and blob: scripts.
    assetsInlineLimit: 0,
    target: "es2022",
    rollupOptions: { input: { kiosk: "index.html", twin: "twin.html", world: "world.html", gallery: "gallery.html" } },
  },
  server: {
    proxy: {
      "/v1/ws": { target: "ws://127.0.0.1:8000", ws: true },
      "/v1": "http://127.0.0.1:8000",
      "/twin/": "http://127.0.0.1:8000",
      "/store/": "http://127.0.0.1:8000",
      "/librarian/": "http://127.0.0.1:8000",
    },
  },
});
