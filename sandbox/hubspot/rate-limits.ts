import type { VirtualClock } from "../shared/clock";
import { type LimitSettings, RollingWindow } from "../shared/limits";
import { HubSpotError } from "./errors";
import type { Caller } from "./oauth-state";

const TEN_SECONDS = 10_000;
const DAY_MS = 86_400_000;
/** The portal's zone is Asia/Tokyo (UTC+9, no daylight saving): the daily counter starts anew at its midnight. */
const ZONE_OFFSET_MS = 9 * 3_600_000;

/** What a call is, as the limits see it. */
export type CallKind = "plain" | "search" | "association";

/** HubSpot's limits: a rolling ten seconds per app, a day per account, and per account a second for search and ten for associations. */
export class RateLimits {
  private readonly burst: RollingWindow;
  private readonly searches: RollingWindow;
  private readonly associations: RollingWindow;
  private day = -1;
  private usedToday = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly settings: LimitSettings,
  ) {
    this.burst = new RollingWindow(clock, TEN_SECONDS);
    this.searches = new RollingWindow(clock, 1000);
    this.associations = new RollingWindow(clock, TEN_SECONDS);
  }

  /** Counts one call. Throws the 429 that HubSpot answers when a limit is reached; refused calls are not counted. */
  take(caller: Caller, kind: CallKind): void {
    this.startDay();
    const { enforce, perTenSeconds, daily, searchPerSecond } = this.settings.current;
    const isSearch = kind === "search";
    if (enforce) {
      if (!caller.isOAuth && daily > 0 && this.usedToday >= daily) throw dailyLimit();
      if (isSearch && searchPerSecond > 0 && !this.searches.take("account", searchPerSecond)) throw searchLimit();
      if (!isSearch && perTenSeconds > 0 && !this.burst.take(String(caller.appId), perTenSeconds)) throw burstLimit();
      this.takeAssociation(kind);
    }
    if (!caller.isOAuth) this.usedToday++;
  }

  private takeAssociation(kind: CallKind): void {
    const most = this.settings.current.associationsPerTenSeconds;
    if (kind !== "association" || most === 0 || this.associations.take("account", most)) return;
    throw burstLimit("publicapi:associations");
  }

  /** Calls counted against the daily limit since midnight in the portal's zone, and when that ends (epoch ms). */
  describeDay(): { used: number; limit: number; resetsAt: number } {
    this.startDay();
    const resetsAt = (this.day + 1) * DAY_MS - ZONE_OFFSET_MS;
    return { used: this.usedToday, limit: this.settings.current.daily, resetsAt };
  }

  /** The headers of a reply: OAuth calls lack the daily pair, search replies the burst ones. */
  describe(caller: Caller, kind: CallKind): Record<string, string> {
    const { enforce, perTenSeconds, daily } = this.settings.current;
    const headers: Record<string, string> = {};
    if (!caller.isOAuth) {
      headers["X-HubSpot-RateLimit-Daily"] = String(daily);
      headers["X-HubSpot-RateLimit-Daily-Remaining"] = String(Math.max(0, daily - this.usedToday));
    }
    if (kind === "search") return headers;
    const used = enforce && perTenSeconds > 0 ? this.burst.used(String(caller.appId)) : 0;
    headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = String(TEN_SECONDS);
    headers["X-HubSpot-RateLimit-Max"] = String(perTenSeconds);
    headers["X-HubSpot-RateLimit-Remaining"] = String(Math.max(0, perTenSeconds - used));
    headers["X-HubSpot-RateLimit-Secondly"] = String(Math.ceil(perTenSeconds / 10));
    headers["X-HubSpot-RateLimit-Secondly-Remaining"] = String(Math.ceil(perTenSeconds / 10));
    return headers;
  }

  clear(): void {
    this.burst.clear();
    this.searches.clear();
    this.associations.clear();
    this.usedToday = 0;
  }

  private startDay(): void {
    const day = Math.floor((this.clock.now() + ZONE_OFFSET_MS) / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      this.usedToday = 0;
    }
  }
}

function burstLimit(groupName?: string): HubSpotError {
  return new HubSpotError(429, {
    status: "error",
    message: "You have reached your ten_secondly_rolling limit.",
    errorType: "RATE_LIMIT",
    policyName: "TEN_SECONDLY_ROLLING",
    ...(groupName ? { groupName } : {}),
  });
}

function dailyLimit(): HubSpotError {
  return new HubSpotError(429, {
    status: "error",
    message: "You have reached your daily limit.",
    errorType: "RATE_LIMIT",
    policyName: "DAILY",
  });
}

function searchLimit(): HubSpotError {
  return new HubSpotError(429, {
    status: "error",
    message: "You have reached your secondly limit.",
    category: "RATE_LIMITS",
  });
}
