import { DEFAULT_CLIENT_NAME } from "./call";
import { type ChangeNotice, readNotice } from "./change-notice";

/** The types whose change events are listened to; an org without the add-on licence may select five. */
const ENTITIES = ["Lead", "Contact", "Account", "Opportunity", "Task"];
export const CHANGE_CHANNELS: readonly string[] = ENTITIES.map((entity) => `/data/${entity}ChangeEvent`);

/** An empty poll is answered after 110 s; when nothing at all came for longer, the line is dead. */
const SILENCE_MS = 130_000;
/** The position that asks for new events only. */
const FROM_NOW_ON = -1;

/** session_lost: the access token is refused · again: to be opened anew at once */
export type SessionEnd = {
  reason: "stopped" | "limit_reached" | "not_allowed" | "unreachable" | "session_lost" | "again";
  detail: string;
};

/** A message of the Bayeux protocol, as far as it matters here. */
type Message = {
  channel?: string;
  subscription?: string;
  successful?: boolean;
  error?: string;
  data?: unknown;
  ext?: { replay?: unknown; sfdc?: { failureReason?: string } };
};
type Pass = (message: Message | null) => void;

type Listener = {
  onNotices(notices: ChangeNotice[]): Promise<void>;
  onMissed(channel: string): Promise<void>;
  onListening(refused: string[]): Promise<void>;
  clientName?: string;
};

/**
 * One session of the streaming service, as an extension of its client: it sees every message before it is sent and before
 * it is acted upon. `positions` moves on with what is heard.
 */
export class EventSession {
  private isOver = false;
  private lastHeardAt = Date.now();
  private readonly open = new Set(CHANGE_CHANNELS);
  private readonly refused: string[] = [];
  private queue: ChangeNotice[] = [];
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly listener: Listener,
    private readonly positions: Map<string, number>,
    private readonly onHeard: () => void,
    private readonly onEnd: (end: SessionEnd) => void,
  ) {}

  outgoing(message: Message, pass: Pass): void {
    // A closed client would still try again from its own timers: nothing but the goodbye leaves any more.
    if (this.isOver && message.channel !== "/meta/disconnect") {
      pass(null);
      return;
    }
    if (message.channel === "/meta/subscribe" && message.subscription) {
      const position = this.positions.get(message.subscription) ?? FROM_NOW_ON;
      message.ext = { ...message.ext, replay: { [message.subscription]: position } };
    }
    pass(message);
  }

  incoming(message: Message, pass: Pass): void {
    this.lastHeardAt = Date.now();
    if (this.isOver) {
      pass(null);
      return;
    }
    if (message.successful === false) this.takeRefusal(message);
    else if (message.channel === "/meta/subscribe") this.takeSubscription(message.subscription ?? "");
    else if (message.data !== undefined) this.takeEvent(message);
    pass(message);
  }

  checkSilence(): void {
    if (Date.now() - this.lastHeardAt > SILENCE_MS)
      this.finish("unreachable", "Salesforce's event stream fell silent.");
  }

  finish(reason: SessionEnd["reason"], detail: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onEnd({ reason, detail });
  }

  /** Resolves when all that was heard has been kept; rejects when it could not be. */
  settle(): Promise<void> {
    return this.work;
  }

  private takeRefusal(message: Message): void {
    const error = message.ext?.sfdc?.failureReason ?? message.error ?? "";
    if (error.startsWith("401")) this.finish("session_lost", error);
    else if (/daily limit/i.test(error)) this.finish("limit_reached", error);
    else if (message.channel === "/meta/subscribe") this.takeRefusedSubscription(message.subscription ?? "", error);
    // An unknown client begins with a new handshake by itself, as it is advised to.
    else if (!/unknown client/i.test(error)) this.finish("unreachable", error);
  }

  private takeRefusedSubscription(channel: string, error: string): void {
    if (/replayId/i.test(error)) {
      this.positions.delete(channel);
      this.do(() => this.listener.onMissed(channel));
      this.finish("again", error);
    } else if (/^40[34]/.test(error) && !/unknown client/i.test(error)) {
      this.refused.push(channel);
      if (this.refused.length === CHANGE_CHANNELS.length) this.finish("not_allowed", error);
      else this.closeSubscription(channel);
    } else if (!/unknown client/i.test(error)) this.finish("unreachable", error);
  }

  private takeSubscription(channel: string): void {
    // Subscribed before without an event since: what came between the two subscriptions was told to nobody.
    if (this.positions.get(channel) === FROM_NOW_ON) this.do(() => this.listener.onMissed(channel));
    if (!this.positions.has(channel)) this.positions.set(channel, FROM_NOW_ON);
    this.closeSubscription(channel);
  }

  private closeSubscription(channel: string): void {
    if (!this.open.delete(channel) || this.open.size > 0) return;
    this.onHeard();
    this.do(() => this.listener.onListening([...this.refused]));
  }

  private takeEvent(message: Message): void {
    const clientName = this.listener.clientName ?? DEFAULT_CLIENT_NAME;
    const notice = readNotice(message.channel ?? "", message.data, clientName);
    if (!notice) return;
    // Only for a new handshake of this client; where the next listening begins is what was kept.
    this.positions.set(notice.channel, notice.replayId);
    this.queue.push(notice);
    if (this.queue.length === 1) this.do(() => this.listener.onNotices(this.queue.splice(0)));
  }

  /** One after the other; events that come meanwhile go along with the next. */
  private do(step: () => Promise<void>): void {
    this.work = this.work.then(step);
    this.work.catch((error: unknown) => this.finish("unreachable", String(error)));
  }
}
