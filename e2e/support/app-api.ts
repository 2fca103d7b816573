import { type APIRequestContext, expect } from "@playwright/test";
import type { UserRole } from "@/lib/access/roles";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Mapping, MappingList } from "@/lib/contracts/mappings";
import type { Overview } from "@/lib/contracts/overview";
import type { RecordDetail, RecordList, Timeline } from "@/lib/contracts/records";
import type { SettingsPatch } from "@/lib/contracts/settings";
import type { InvitationMade } from "@/lib/contracts/users";
import type { MappedObject, UpdateRule } from "@/lib/decide/record-types";
import { environment } from "./environment";

/** The product's REST API with the API key: for what must stand before a test begins, and to put things back. */
export class AppApi {
  constructor(private readonly request: APIRequestContext) {}

  /** The record with this address, or null while there is none. */
  async findRecord(email: string): Promise<RecordDetail | null> {
    const answer = await this.request.get(`${environment.app()}/api/records/find?email=${encodeURIComponent(email)}`, {
      headers: this.headers(),
    });
    return answer.status() === 404 ? null : ((await answer.json()) as RecordDetail);
  }

  readRecord(id: string): Promise<RecordDetail> {
    return this.send<RecordDetail>("GET", `/api/records/${id}`);
  }

  readTimeline(id: string): Promise<Timeline> {
    return this.send<Timeline>("GET", `/api/records/${id}/timeline`);
  }

  readOverview(): Promise<Overview> {
    return this.send<Overview>("GET", "/api/overview");
  }

  /** Somebody who is a lead in Salesforce and in sync. */
  async findLead(): Promise<RecordDetail> {
    const { rows } = await this.send<RecordList>("GET", "/api/records?object=contact&state=in_sync&limit=200");
    const lead = rows.find((row) => row.salesforceType === "Lead" && row.hubspotId !== null);
    if (!lead) throw new Error("No lead is in sync");
    return this.readRecord(lead.id);
  }

  /** Syncs one record at once, as its *Sync now* does. */
  async syncNow(id: string): Promise<void> {
    await this.send("POST", `/api/records/${id}/sync`);
  }

  /** Asks both systems and works until nothing is due. */
  async check(): Promise<void> {
    const headers = { authorization: `Bearer ${environment.cronSecret()}` };
    const answer = await this.request.post(`${environment.app()}/api/cron/sync`, { headers, timeout: 60_000 });
    if (!answer.ok()) throw new Error(`The check was refused: ${await answer.text()}`);
  }

  /** Checks until the record with this address has reached the state; HubSpot's search shows a change only a second later. */
  async checkUntil(email: string, state: RecordDetail["state"]): Promise<RecordDetail> {
    let found: RecordDetail | null = null;
    await expect(async () => {
      await this.check();
      found = await this.findRecord(email);
      expect(found?.state).toBe(state);
    }).toPass({ timeout: 40_000 });
    if (!found) throw new Error(`No record of ${email}`);
    return found;
  }

  readConnection(): Promise<ConnectionView> {
    return this.send<ConnectionView>("GET", "/api/connection");
  }

  /** Saves settings on top of whatever version the server holds. */
  async changeSettings(patch: Omit<SettingsPatch, "version">): Promise<void> {
    const save = async () => {
      const { settings } = await this.readConnection();
      await this.send("PATCH", "/api/connection/settings", { version: settings.version, ...patch });
    };
    // Somebody may save between reading and saving: once more, on top of theirs.
    await save().catch((error: unknown) =>
      String(error).includes("changed_meanwhile") ? save() : Promise.reject(error),
    );
  }

  /** Switches companies or deals on or off; on waits until they are prepared: described, with their usual mappings. */
  async switchObject(object: "company" | "deal", on: boolean): Promise<void> {
    await this.changeSettings({ [object]: { on } });
    if (!on) return;
    await expect(async () => {
      if ((await this.listMappings(object)).length > 0) return;
      await this.check();
      expect((await this.listMappings(object)).length).toBeGreaterThan(0);
    }).toPass({ timeout: 40_000 });
  }

  async listMappings(object: MappedObject = "contact"): Promise<Mapping[]> {
    return (await this.send<MappingList>("GET", `/api/mappings?object=${object}`)).mappings;
  }

  async findMapping(hubspotProperty: string, object: MappedObject = "contact"): Promise<Mapping | undefined> {
    return (await this.listMappings(object)).find((mapping) => mapping.hubspotProperty === hubspotProperty);
  }

  /** Sets the rule of a mapping that is there; does nothing when it is so already. */
  async setRule(hubspotProperty: string, rule: UpdateRule): Promise<void> {
    const mapping = await this.findMapping(hubspotProperty);
    if (!mapping) throw new Error(`${hubspotProperty} is not mapped`);
    if (mapping.rule === rule) return;
    await this.send("PATCH", `/api/mappings/${mapping.id}`, { version: mapping.version, rule });
  }

  /** Deletes the mapping of a property, if there is one. */
  async deleteMapping(hubspotProperty: string, object: MappedObject = "contact"): Promise<void> {
    const mapping = await this.findMapping(hubspotProperty, object);
    if (mapping) await this.send("DELETE", `/api/mappings/${mapping.id}?version=${mapping.version}`);
  }

  /** Invites somebody; answers the link that opens the door to them. */
  async invite(email: string, role: UserRole): Promise<string> {
    const { link } = await this.send<InvitationMade>("POST", "/api/users/invitations", { email, role });
    if (link === null) throw new Error("The invitation went out by e-mail");
    return link;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${environment.apiKey()}`, "content-type": "application/json" };
  }

  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.request.fetch(environment.app() + path, {
      method,
      headers: this.headers(),
      ...(body ? { data: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path} was answered ${answer.status()}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}
