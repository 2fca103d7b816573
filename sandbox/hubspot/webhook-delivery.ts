import { createHash, createHmac } from "node:crypto";
import type { VirtualClock } from "../shared/clock";
import { createRandom } from "../shared/random";
import { CLIENT_SECRET } from "./oauth-state";
import type { WebhookEvent } from "./webhook-events";

/** HubSpot's webhook guide: events of one POST, seconds to answer, and retries over 24 h. */
const MAX_EVENTS = 100;
const TIMEOUT_MS = 5000;
const MAX_RETRIES = 10;
const TICK_MS = 20;
const KEPT_DELIVERIES = 500;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

/** Events of one POST, as they wait and as they are saved. */
export type Batch = { events: WebhookEvent[]; attempt: number; dueAt: number };
/** One POST that was tried; `status` 0 = no answer in time or no connection. */
export type Delivery = { at: number; url: string; status: number; attempt: number; events: number };
/** How deliveries misbehave on purpose; shares are between 0 and 1. */
export type DeliveryHabits = { paused: boolean; shuffle: boolean; duplicateShare: number; batchWindowMs: number };
export type DeliveryTarget = { url: string; maxConcurrent: number };

const HABITS: DeliveryHabits = { paused: false, shuffle: true, duplicateShare: 0, batchWindowMs: 50 };

/** Escapes that are decoded before signing; the question mark that starts the query is none of them. */
const DECODED: Record<string, string> = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** Signature v3 of a request: base64 HMAC-SHA256 over method, URL, body and timestamp (ms). */
export function signV3(secret: string, method: string, url: string, body: string, timestamp: number): string {
  const uri = url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => DECODED[code.toUpperCase()] ?? code);
  return createHmac("sha256", secret).update(`${method}${uri}${body}${timestamp}`, "utf8").digest("base64");
}

/**
 * Carries events to the app's URL: in batches, out of order, several at a time, and again when it was not answered 2xx
 * in time. Retries wait by the virtual clock, so that a test moves it instead of waiting a day.
 */
export class WebhookDelivery {
  habits: DeliveryHabits = { ...HABITS };
  readonly log: Delivery[] = [];
  private fresh: { event: WebhookEvent; at: number }[] = [];
  private batches: Batch[] = [];
  private readonly sending = new Set<Batch>();
  private timer: NodeJS.Timeout | undefined;
  private readonly random = createRandom(20_260_309);
  private readonly stopping = new AbortController();

  constructor(
    private readonly clock: VirtualClock,
    private readonly target: () => DeliveryTarget | undefined,
  ) {}

  add(events: readonly WebhookEvent[]): void {
    for (const event of events) {
      this.fresh.push({ event, at: Date.now() });
      if (this.random.chance(this.habits.duplicateShare)) this.fresh.push({ event: { ...event }, at: Date.now() });
    }
    if (events.length > 0) this.wake();
  }

  /** Events that wait, tries to come included. */
  get waiting(): number {
    return this.fresh.length + this.batches.reduce((sum, batch) => sum + batch.events.length, 0);
  }

  reset(): void {
    this.habits = { ...HABITS };
    this.fresh = [];
    this.batches = [];
    this.log.length = 0;
  }

  /** Everything that was not answered yet: a restart sends it, at the worst a second time. */
  *save(): Iterable<Batch> {
    yield* this.batches;
    yield* this.sending;
    const fresh = this.fresh.map((one) => one.event);
    for (let i = 0; i < fresh.length; i += MAX_EVENTS) {
      yield { events: fresh.slice(i, i + MAX_EVENTS), attempt: 0, dueAt: 0 };
    }
  }

  /** Takes a batch back from a snapshot. */
  putSaved(batch: Batch): void {
    this.batches.push(batch);
    this.wake();
  }

  stop(): void {
    this.stopping.abort();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  wake(): void {
    if (this.timer || this.stopping.signal.aborted) return;
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  private tick(): void {
    if (this.waiting === 0 && this.sending.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    if (this.habits.paused) return;
    const target = this.target();
    if (!target) {
      this.fresh = [];
      return;
    }
    this.formBatches();
    const now = this.clock.now();
    for (const batch of this.batches.filter((one) => one.dueAt <= now)) {
      if (this.sending.size >= target.maxConcurrent) return;
      this.batches = this.batches.filter((one) => one !== batch);
      this.sending.add(batch);
      void this.send(target.url, batch);
    }
  }

  private formBatches(): void {
    const oldest = this.fresh[0];
    if (!oldest || (Date.now() - oldest.at < this.habits.batchWindowMs && this.fresh.length < MAX_EVENTS)) return;
    const events = this.fresh.map((one) => one.event);
    this.fresh = [];
    if (this.habits.shuffle) {
      for (let i = events.length - 1; i > 0; i--) {
        const j = this.random.int(i + 1);
        const [a, b] = [events[i], events[j]];
        if (a && b) [events[i], events[j]] = [b, a];
      }
    }
    for (let i = 0; i < events.length; i += MAX_EVENTS) {
      this.batches.push({ events: events.slice(i, i + MAX_EVENTS), attempt: 0, dueAt: 0 });
    }
  }

  private async send(url: string, batch: Batch): Promise<void> {
    const { events, attempt } = batch;
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    const status = await this.post(url, body);
    // Cut off by the stop of this server: it stays among what is saved.
    if (status === 0 && this.stopping.signal.aborted) return;
    this.sending.delete(batch);
    this.log.push({ at: this.clock.now(), url, status, attempt, events: events.length });
    if (this.log.length > KEPT_DELIVERIES) this.log.shift();
    if ((status >= 200 && status < 300) || attempt >= MAX_RETRIES) return;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS) * (0.5 + this.random.next());
    this.batches.push({ events, attempt: attempt + 1, dueAt: this.clock.now() + wait });
    this.wake();
  }

  private async post(url: string, body: string): Promise<number> {
    // Real time, not the virtual one: the receiver compares it with its own clock.
    const timestamp = Date.now();
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: {
          "Content-Type": "application/json",
          "User-Agent": "HubSpot Connect 2.0 (http://dev.hubspot.com/) - WebHooks",
          "X-HubSpot-Signature-v3": signV3(CLIENT_SECRET, "POST", url, body, timestamp),
          "X-HubSpot-Request-Timestamp": String(timestamp),
          "X-HubSpot-Signature": createHash("sha256").update(`${CLIENT_SECRET}${body}`).digest("hex"),
          "X-HubSpot-Signature-Version": "v1",
        },
        redirect: "manual",
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
