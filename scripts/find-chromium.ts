import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Path of a Chromium: `CHROMIUM_PATH`, else Playwright's own, else the system's; undefined when there is none. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

/**
 * Finds a Chromium, or installs one: Debian's as root on Debian and Ubuntu (with a Japanese font), else Playwright's.
 *
 * @throws Error that says what to do when neither works.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const tried: string[] = [];
  for (const [title, install] of [
    ["apt-get install chromium", installFromDebian],
    ["playwright install chromium", installFromPlaywright],
  ] as const) {
    console.log(`No Chromium found; trying ${title} …`);
    try {
      install();
    } catch (error) {
      tried.push(`${title}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    `The browser tests need Chromium, and installing it failed (${tried.join("; ")}). ` +
      "Install Chromium or Chrome, or set CHROMIUM_PATH to one.",
  );
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) throw new Error("not root on Debian or Ubuntu");
  const run = (args: string[]) =>
    execFileSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: aptEnvironment() });
  run(["update", "-qq"]);
  run(["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
}

function aptEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
}

function installFromPlaywright(): void {
  const cli = path.resolve("node_modules", "@playwright", "test", "cli.js");
  execFileSync(process.execPath, [cli, "install", "chromium"], { stdio: ["ignore", "ignore", "inherit"] });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
