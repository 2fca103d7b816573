const RETRY_MS = 100;

/**
 * Waits until `url` answers with a status below 500; every other answer counts as "not yet".
 *
 * @throws Error after `timeoutMs`, 120 s unless told otherwise: a first start compiles on a slow machine.
 */
export async function waitForAnswer(url: string, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const last = await askOnce(url);
    if (typeof last === "number" && last < 500) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer within ${timeoutMs / 1000} s (last: ${last}).`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function askOnce(url: string): Promise<number | string> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000) });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
