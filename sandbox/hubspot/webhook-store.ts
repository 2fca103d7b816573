import type { VirtualClock } from "../shared/clock";
import type { FeedEvent } from "./change-feed";
import { notFound, validationError } from "./errors";
import { type DeliveryHabits, WebhookDelivery } from "./webhook-delivery";
import { EVENT_TYPES, makeWebhookEvents, type WebhookSubscription } from "./webhook-events";

/** Where and how fast an app wants its events. */
export type WebhookSettings = {
  targetUrl: string;
  throttling: { maxConcurrentRequests: number };
  createdAt: string;
  updatedAt: string;
};
type SavedWebhooks = {
  settings: WebhookSettings | null;
  subscriptions: WebhookSubscription[];
  nextId: number;
  nextEvent: number;
  habits: DeliveryHabits;
};

/** HubSpot's webhook guide: subscriptions of one app. */
const MAX_SUBSCRIPTIONS = 1000;
const DEFAULT_CONCURRENT = 10;

/** The app's webhook settings and subscriptions; like the app itself they outlive a reset of the data. */
export class WebhookStore {
  settings: WebhookSettings | null;
  readonly delivery: WebhookDelivery;
  private subscriptions: WebhookSubscription[];
  private nextId: number;
  private nextEvent: number;

  constructor(
    private readonly clock: VirtualClock,
    saved?: SavedWebhooks,
  ) {
    this.settings = saved?.settings ?? null;
    this.subscriptions = saved?.subscriptions ?? [];
    this.nextId = saved?.nextId ?? 2_200_001;
    this.nextEvent = saved?.nextEvent ?? 3_816_279_001;
    this.delivery = new WebhookDelivery(clock, () => {
      const { settings } = this;
      return settings
        ? { url: settings.targetUrl, maxConcurrent: settings.throttling.maxConcurrentRequests }
        : undefined;
    });
    if (saved) this.delivery.habits = saved.habits;
  }

  follow(event: FeedEvent): void {
    if (!this.settings || this.subscriptions.length === 0) return;
    this.delivery.add(makeWebhookEvents(event, this.subscriptions, () => this.nextEvent++));
  }

  /** Throws 404 when the app has none. */
  getSettings(): WebhookSettings {
    if (!this.settings) throw notFound();
    return this.settings;
  }

  /** Throws 400 for an address that is none, or fewer than 6 requests at a time. */
  putSettings(targetUrl: string, maxConcurrentRequests = DEFAULT_CONCURRENT): WebhookSettings {
    if (!URL.canParse(targetUrl)) throw validationError("targetUrl is not a valid URL");
    if (maxConcurrentRequests <= 5) throw validationError("maxConcurrentRequests must be greater than 5");
    const at = new Date(this.clock.now()).toISOString();
    const throttling = { maxConcurrentRequests };
    this.settings = { targetUrl, throttling, createdAt: this.settings?.createdAt ?? at, updatedAt: at };
    return this.settings;
  }

  list(): readonly WebhookSubscription[] {
    return this.subscriptions;
  }

  /** Throws 404. */
  get(id: number): WebhookSubscription {
    const subscription = this.subscriptions.find((one) => one.id === id);
    if (!subscription) throw notFound({ subscriptionId: [String(id)] });
    return subscription;
  }

  /** Throws 400 for an unknown event type, one without its property or object type, and above 1,000. */
  create(
    input: Pick<WebhookSubscription, "eventType" | "propertyName" | "objectTypeId" | "active">,
  ): WebhookSubscription {
    const { eventType, propertyName, objectTypeId } = input;
    if (!EVENT_TYPES.includes(eventType)) throw validationError(`Unknown eventType ${eventType}`);
    if (eventType.endsWith(".propertyChange") !== Boolean(propertyName)) {
      throw validationError("propertyName is required for propertyChange subscriptions, and only for them");
    }
    if (eventType.startsWith("object.") !== Boolean(objectTypeId)) {
      throw validationError("objectTypeId is required for object.* subscriptions, and only for them");
    }
    if (this.subscriptions.length >= MAX_SUBSCRIPTIONS) {
      throw validationError(`An app may have ${MAX_SUBSCRIPTIONS} webhook subscriptions`);
    }
    const at = new Date(this.clock.now()).toISOString();
    const subscription = { ...input, id: this.nextId, createdAt: at, updatedAt: at };
    this.nextId += 1;
    this.subscriptions = [...this.subscriptions, subscription];
    return subscription;
  }

  setActive(id: number, active: boolean): WebhookSubscription {
    const next = { ...this.get(id), active, updatedAt: new Date(this.clock.now()).toISOString() };
    this.subscriptions = this.subscriptions.map((one) => (one.id === id ? next : one));
    return next;
  }

  remove(id: number): void {
    this.get(id);
    this.subscriptions = this.subscriptions.filter((one) => one.id !== id);
  }

  save(): SavedWebhooks {
    const { settings, subscriptions, nextId, nextEvent } = this;
    return { settings, subscriptions, nextId, nextEvent, habits: this.delivery.habits };
  }
}
