import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.JINZITA_DEV_SERVER ?? "http://127.0.0.1:8000";
const proxied = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  base: "/",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": proxied, "/_allauth": proxied } },
  preview: { host: "127.0.0.1", port: 4173, proxy: { "/api": proxied, "/_allauth": proxied } },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2022",
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "echarts", test: /node_modules[\\/](echarts|zrender)/, priority: 30 },
            { name: "react", test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)[\\/]/, priority: 20 },
          ],
        },
      },
    },
  },
  test: {
    restoreMocks: true,
    // Pages are tested in a DOM, pure parts without one: that is much quicker.
    projects: [
      { extends: true, test: { name: "pure", environment: "node", include: ["src/**/*.test.ts"], setupFiles: ["src/test/storage.ts"] } },
      { extends: true, test: { name: "dom", environment: "jsdom", include: ["src/**/*.test.tsx"], setupFiles: ["src/test/setup.ts"], css: false } },
    ],
  },
});
