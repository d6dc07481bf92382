// Builds the element into the Python package: one module, and the charts as a chunk of their own.
// File names carry no hash, so that a page embeds one lasting address; the server revalidates.

import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

/** The licences of what the charts are made of, beside the chunk that holds them. */
function licences() {
  return {
    name: "licences",
    generateBundle() {
      const parts = ["echarts", "zrender", "tslib"].map((name) => {
        const folder = `node_modules/${name}`;
        const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf-8"));
        const file = name === "tslib" ? "LICENSE.txt" : "LICENSE";
        return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf-8").trim()}\n`;
      });
      const source = `In budget-qa-charts.js:\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [licences()],
  build: {
    target: "es2020",
    outDir: "../qa_service/web/static/widget",
    emptyOutDir: true,
    modulePreload: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: "src/budget-qa-chat.ts",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "budget-qa-[name].js",
      },
    },
  },
});
