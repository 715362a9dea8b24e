/** The browser's own source files, for the tests that read them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

export const SRC = path.resolve(import.meta.dirname, "..");

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = path.join(folder, name);
    return statSync(full).isDirectory() ? walk(full) : [full];
  });
}

export const files = walk(SRC);
/** What the browser runs, without tests and the generated client. */
export const code = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/test\/|\/client\//.test(file)).map((file) => ({ file, text: readFileSync(file, "utf8") }));
export const short = (file: string) => path.relative(SRC, file);
