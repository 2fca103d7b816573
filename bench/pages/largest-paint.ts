import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { buildApp } from "@/scripts/build-app";
import { connectDemo, runFirstSync } from "@/scripts/connect-demo";
import { type DemoState, readDemoState } from "@/scripts/demo-state";
import { findChromium } from "@/scripts/find-chromium";
import { findFreePort } from "@/scripts/free-port";
import { describeEnvironment } from "@/scripts/local-stack";
import { MEMORY_FLAGS } from "@/scripts/memory-flags";
import { waitForAnswer } from "@/scripts/wait-for-answer";
import { startProgram } from "../first-sync/program";
import { atMost, type BenchOptions, type Measure, noted } from "../report";
import { startDatabaseServer } from "../world/database";
import { startSandboxes } from "../world/sandboxes";

const CONTACTS = 100;
const LOADS = 7;
const MAX_PAINT_MS = 1_500;

/** Largest contentful paint of a record's page and of the list, of the built app, each time in a browser that knows nothing of it. */
export async function measureRecordPage(options: BenchOptions): Promise<Measure[]> {
  await buildApp();
  const folder = path.join(options.folder, "paint");
  const server = await startDatabaseServer(folder);
  const sandboxes = await startSandboxes(folder, CONTACTS);
  const database = await server.create();
  const state = readDemoState(folder);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...describeEnvironment({ app: port, ...sandboxes.ports }, state, database.url),
    KAKEHASHI_PUBLIC_URL: url,
    KAKEHASHI_DATA_DIR: folder,
    NODE_ENV: "production",
  };
  const next = [
    ...MEMORY_FLAGS,
    "node_modules/next/dist/bin/next",
    "start",
    "--hostname",
    "127.0.0.1",
    "--port",
    String(port),
  ];
  const app = startProgram("app", next, env, folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  try {
    await waitForAnswer(`${url}/api/ready`);
    await connectDemo({ url, state });
    await runFirstSync({ url, state });
    const record = await readPaints(browser, url, state, `/contacts/${await findRecord(url, state)}`);
    const list = await readPaints(browser, url, state, "/contacts");
    return [
      atMost("record page, largest paint, median", record.median, MAX_PAINT_MS, "ms"),
      noted("record page, largest paint, slowest", record.slowest, "ms"),
      atMost("list of contacts, largest paint, median", list.median, MAX_PAINT_MS, "ms"),
    ];
  } finally {
    await browser.close();
    await app.stop();
    await sandboxes.stop();
    await server.stop();
  }
}

async function findRecord(url: string, { apiKey }: DemoState): Promise<string> {
  const answer = await fetch(`${url}/api/records?state=in_sync&limit=1`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { rows } = (await answer.json()) as { rows: { id: string }[] };
  const [row] = rows;
  if (!row) throw new Error("No record is in sync");
  return row.id;
}

/** One load warms the server up. */
async function readPaints(
  browser: Browser,
  url: string,
  state: DemoState,
  page: string,
): Promise<{ median: number; slowest: number }> {
  const paints: number[] = [];
  const cookies = await signIn(browser, url, state);
  for (let n = -1; n < LOADS; n += 1) {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, storageState: cookies });
    const tab = await context.newPage();
    await tab.goto(url + page, { waitUntil: "networkidle" });
    const paint = await tab.evaluate(readLargestPaint);
    if (n >= 0) paints.push(paint);
    await context.close();
  }
  const sorted = paints.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, slowest: sorted.at(-1) ?? 0 };
}

async function signIn(browser: Browser, url: string, { adminEmail, adminPassword }: DemoState) {
  const context = await browser.newContext();
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: adminEmail, password: adminPassword },
  });
  if (!answer.ok()) throw new Error(`The sign-in was refused with ${answer.status()}`);
  const cookies = await context.storageState();
  await context.close();
  return cookies;
}

/** Runs in the page: milliseconds from the start of the navigation. */
function readLargestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });
}
