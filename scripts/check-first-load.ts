import path from "node:path";
import { fileURLToPath } from "node:url";
import { FIRST_LOAD_LIMIT, measureFirstLoad, type PageLoad } from "./first-load";

const buildDir = fileURLToPath(new URL("../.next", import.meta.url));
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

function printPages(pages: PageLoad[]): void {
  const width = Math.max(...pages.map(({ page }) => page.length));
  for (const { page, bytes } of pages) {
    const verdict = bytes > FIRST_LOAD_LIMIT ? "  TOO MUCH" : "";
    console.log(`${page.padEnd(width)}  ${kilobytes(bytes).padStart(9)}${verdict}`);
  }
}

try {
  console.log(`First load per page, gzip; at most ${kilobytes(FIRST_LOAD_LIMIT)}:`);
  const pages = measureFirstLoad(buildDir);
  printPages(pages);
  process.exit(pages.some(({ bytes }) => bytes > FIRST_LOAD_LIMIT) ? 1 : 0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(`It is read from a production build in ${path.basename(buildDir)}: run npm run build first.`);
  process.exit(1);
}
