import { setTimeout as sleep } from "node:timers/promises";
import { type ChangeEvent, hasChangeEvents, nameChangeEvent } from "../change-feed";
import { makeEventData } from "../change-payload";
import type { CometClient } from "../cometd-state";
import type { OrgState } from "../state";
import { findLogin, type OrgApp, type OrgContext, readToken, sendJson } from "./context";

type Message = {
  channel?: unknown;
  id?: unknown;
  clientId?: unknown;
  subscription?: unknown;
  advice?: { timeout?: unknown };
  ext?: { replay?: Record<string, unknown> };
};
type Reply = Record<string, unknown>;

/** Changes that come within this time leave in one answer. */
const GATHER_MS = 15;
/** Held polls look this often whether a late transaction has committed or the clock was moved. */
const LOOK_MS = 200;
const MAX_EVENTS = 500;

function refuse(message: Message, error: string, reconnect: "none" | "handshake" | "retry"): Reply {
  return {
    advice: { reconnect, interval: reconnect === "handshake" ? 0 : 500 },
    channel: message.channel,
    ...(message.id === undefined ? {} : { id: message.id }),
    error,
    successful: false,
  };
}

function accept(message: Message, client: CometClient, more: Reply = {}): Reply {
  return {
    clientId: client.id,
    channel: message.channel,
    ...(message.id === undefined ? {} : { id: message.id }),
    ...more,
    successful: true,
  };
}

function handshake(c: OrgContext, state: OrgState, message: Message): Reply {
  const ext = { replay: true, "payload.format": true };
  const token = readToken(c);
  if (!token || !findLogin(state, token)) {
    const reason = { ...ext, sfdc: { failureReason: "401::Authentication invalid" } };
    return { ...refuse(message, "403::Handshake denied", "none"), ext: reason };
  }
  const client = state.streaming.open(token);
  if (!client) return { ...refuse(message, "403::Organization concurrent user limit exceeded", "none"), ext };
  return {
    ext,
    minimumVersion: "1.0",
    supportedConnectionTypes: ["long-polling"],
    version: "1.0",
    ...accept(message, client),
  };
}

/** Whether an event belongs to a channel. Custom channels (`__chn`) carry every selected entity here. */
function isOnChannel(state: OrgState, channel: string, event: ChangeEvent): boolean {
  if (channel === "/data/ChangeEvents" || channel.endsWith("__chn")) return true;
  const def = state.schema.findObject(event.entity);
  return def !== undefined && channel === `/data/${nameChangeEvent(def)}`;
}

function checkChannel(state: OrgState, channel: string): string | undefined {
  if (!channel.startsWith("/")) return "400::Channel subscriptions must start with a leading '/'";
  if (!channel.startsWith("/data/")) return "400::The channel specified is not valid";
  if (channel === "/data/ChangeEvents" || /^\/data\/\w+__chn$/.test(channel)) return undefined;
  const known = state.schema.objects.some((def) => hasChangeEvents(def) && `/data/${nameChangeEvent(def)}` === channel);
  return known ? undefined : "404::Unknown channel";
}

function subscribe(state: OrgState, message: Message, client: CometClient): Reply {
  const channel = String(message.subscription ?? "");
  const answer = { subscription: channel };
  const wrong = checkChannel(state, channel);
  if (wrong) return { ...refuse(message, wrong, "retry"), ...answer };
  const asked = Number(message.ext?.replay?.[channel] ?? -1);
  const cursor = Number.isInteger(asked) ? state.feed.findStart(asked) : undefined;
  if (cursor === undefined) {
    const error = `400::The replayId {${message.ext?.replay?.[channel]}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
    return { ...refuse(message, error, "retry"), ...answer };
  }
  client.subscriptions.set(channel, { channel, cursor });
  client.release?.();
  return accept(message, client, answer);
}

/** Takes what is new for a client and moves its cursors. Undefined = the daily delivery limit is used up. */
function takeEvents(state: OrgState, client: CometClient): Reply[] | undefined {
  const messages: Reply[] = [];
  for (const subscription of client.subscriptions.values()) {
    const events = state.feed.readAfter(subscription.cursor).slice(0, MAX_EVENTS);
    const wanted = events.filter((event) => isOnChannel(state, subscription.channel, event));
    if (wanted.length > 0 && !state.countDelivered(wanted.length)) return undefined;
    for (const event of wanted) messages.push({ data: makeEventData(state, event), channel: subscription.channel });
    subscription.cursor = events.at(-1)?.replayId ?? subscription.cursor;
  }
  return messages;
}

function hasEvents(state: OrgState, client: CometClient): boolean {
  return [...client.subscriptions.values()].some((subscription) =>
    state.feed.readAfter(subscription.cursor).some((event) => isOnChannel(state, subscription.channel, event)),
  );
}

/** Waits until an event has come, another call takes over, or the time is up. */
async function holdPoll(state: OrgState, client: CometClient, ms: number): Promise<void> {
  let isReleased = false;
  let wake = () => {};
  const stopListening = state.feed.listen(() => wake());
  client.release = () => {
    isReleased = true;
    wake();
  };
  client.idleSince = undefined;
  const until = Date.now() + ms;
  while (!isReleased && Date.now() < until && !hasEvents(state, client)) {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, Math.min(LOOK_MS, until - Date.now()));
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
  stopListening();
  if (!isReleased) await sleep(GATHER_MS, undefined, { ref: false });
  client.release = undefined;
  client.idleSince = state.clock.now();
}

async function connect(state: OrgState, message: Message, client: CometClient, mayHold: boolean): Promise<Reply[]> {
  client.release?.();
  const advice = { interval: 0, timeout: 110_000, reconnect: "retry" };
  // The first poll after a handshake is answered at once, and so is one that came along with other messages.
  const isFirst = client.connects++ === 0;
  const asked = typeof message.advice?.timeout === "number" ? message.advice.timeout : state.streaming.maxHoldMs;
  if (mayHold && !isFirst && asked > 0) await holdPoll(state, client, Math.min(asked, state.streaming.maxHoldMs));
  if (!findLogin(state, client.token)) return [refuse(message, "401::Authentication invalid", "none")];
  client.idleSince = state.clock.now();
  const events = takeEvents(state, client);
  if (!events) return [refuse(message, "403::Organization total events daily limit exceeded", "none")];
  return [...events, accept(message, client, isFirst ? { advice } : {})];
}

async function handle(c: OrgContext, state: OrgState, message: Message, alone: boolean): Promise<Reply[]> {
  if (message.channel === "/meta/handshake") return [handshake(c, state, message)];
  const client = state.streaming.find(message.clientId);
  if (!client) return [refuse(message, "403::Unknown client", "handshake")];
  const token = readToken(c);
  if (!findLogin(state, token)) return [refuse(message, "401::Authentication invalid", "none")];
  // A client that refreshed its token goes on with the new one.
  client.token = token ?? client.token;
  if (client.idleSince !== undefined) client.idleSince = state.clock.now();
  if (message.channel === "/meta/connect") return connect(state, message, client, alone);
  if (message.channel === "/meta/subscribe") return [subscribe(state, message, client)];
  if (message.channel === "/meta/unsubscribe") {
    client.subscriptions.delete(String(message.subscription));
    return [accept(message, client, { subscription: message.subscription })];
  }
  if (message.channel === "/meta/disconnect") {
    state.streaming.close(client);
    return [accept(message, client)];
  }
  return [refuse(message, "403::Cannot create channel", "retry")];
}

/** `POST /cometd/{version}`: Bayeux over long polling, one address for every kind of message. */
export function mountCometd(app: OrgApp, state: OrgState): void {
  app.post("/cometd/:version", async (c) => {
    const version = Number.parseFloat(c.req.param("version"));
    if (!(version >= 20 && version <= 68)) return sendJson([{ error: "400::API version in URL is unsupported" }], 400);
    let body: unknown;
    try {
      body = await c.req.json();
    } catch {
      return sendJson([{ error: "400::The message could not be parsed", successful: false }], 400);
    }
    const messages = (Array.isArray(body) ? body : [body]) as Message[];
    const replies: Reply[] = [];
    for (const message of messages) replies.push(...(await handle(c, state, message, messages.length === 1)));
    c.env.call.records = replies.filter((reply) => "data" in reply).length;
    return sendJson(replies);
  });
  app.all("/cometd/:version", () => sendJson([{ error: "400::WebSocket is not offered", successful: false }], 400));
}
