import { Connection } from "jsforce";
import type { TokenSource } from "../face";
import { DEFAULT_API_VERSION } from "./call";
import type { ChangeNotice } from "./change-notice";
import { CHANGE_CHANNELS, EventSession, type SessionEnd } from "./event-session";

const LOOK_MS = 1_000;
/** So often a refused session is renewed without anything being heard in between. */
const MAX_RENEWALS = 3;

export type ListenOptions = {
  tokens: TokenSource;
  /** The last event taken up per channel; a channel without one begins with what happens from now on */
  positions: ReadonlyMap<string, number>;
  /** Keeps what was heard, in order; rejecting ends the listening, and the next one begins at the kept positions */
  onNotices(notices: ChangeNotice[]): Promise<void>;
  /** Events of this channel are lost for good: the position was too old (72 h). It goes on with new ones */
  onMissed(channel: string): Promise<void>;
  /** Every channel is subscribed; `refused` are those that this org or user does not have */
  onListening(refused: string[]): Promise<void>;
  stop: AbortSignal;
  apiVersion?: string;
  clientName?: string;
};

/** limit_reached: the org's events of the day are used up · not_allowed: no channel may be heard */
export type ListenEnd = { reason: "stopped" | "limit_reached" | "not_allowed" | "unreachable"; detail: string };

/**
 * Listens to Salesforce's change events until `stop` is aborted or it cannot go on. A lost session is renewed by itself.
 * @throws CrmCallError when the sign-in is lost, and whatever `onNotices` throws.
 */
export async function listenForChanges(o: ListenOptions): Promise<ListenEnd> {
  const positions = new Map(o.positions);
  let token = await o.tokens.current();
  let renewals = 0;
  while (!o.stop.aborted) {
    let heard = false;
    const end = await runSession(o, token, positions, () => {
      heard = true;
    });
    if (end.reason === "again") continue;
    if (end.reason !== "session_lost") return { reason: end.reason, detail: end.detail };
    renewals = heard ? 1 : renewals + 1;
    if (renewals > MAX_RENEWALS) return { reason: "unreachable", detail: end.detail };
    token = await o.tokens.renew(token.accessToken);
  }
  return { reason: "stopped", detail: "" };
}

type Token = Awaited<ReturnType<TokenSource["current"]>>;

/** One client of the streaming service, from its handshake until something ends it. */
function runSession(
  o: ListenOptions,
  token: Token,
  positions: Map<string, number>,
  onHeard: () => void,
): Promise<SessionEnd> {
  return new Promise<SessionEnd>((resolve, reject) => {
    const connection = new Connection({
      instanceUrl: token.baseUrl.replace(/\/+$/, ""),
      accessToken: token.accessToken,
      version: o.apiVersion ?? DEFAULT_API_VERSION,
    });
    const session = new EventSession(o, positions, onHeard, (end) => {
      clearInterval(watch);
      o.stop.removeEventListener("abort", onStop);
      closeClient(client);
      session.settle().then(() => resolve(end), reject);
    });
    // Not jsforce's Replay extensions: each overwrites what the others put into a subscription, so that all channels but
    // one would begin anew.
    const client = connection.streaming.createClient([session]);
    const onStop = () => session.finish("stopped", "");
    const watch = setInterval(() => session.checkSilence(), LOOK_MS);
    o.stop.addEventListener("abort", onStop, { once: true });
    for (const channel of CHANGE_CHANNELS) client.subscribe(channel, () => {});
  });
}

/** `disconnect` says goodbye only where there was a handshake; the transport is closed so that no retry outlives it. */
function closeClient(client: object): void {
  const faye = client as { disconnect(): void; _dispatcher: { close(): void } };
  faye.disconnect();
  faye._dispatcher.close();
}
