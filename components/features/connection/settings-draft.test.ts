import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import {
  applyDraft,
  changeDefault,
  changeScalar,
  EMPTY_DRAFT,
  isDirty,
  rebaseDraft,
  type Settings,
  toPatch,
} from "./settings-draft";

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  version: 4,
  checkEveryMinutes: 15,
  contactSyncOn: true,
  leadToHubSpot: "create",
  contactToHubSpot: "create",
  hubspotToSalesforce: "lead",
  defaults: { Lead: { Company: "Unknown" }, Contact: {} },
};

describe("unsaved settings", () => {
  it("send only what was changed, with the version the change was made on", () => {
    const draft = changeScalar(EMPTY_DRAFT, settings, "checkEveryMinutes", 5);
    expect(toPatch({ ...settings, version: 9 }, draft)).toEqual({ version: 4, checkEveryMinutes: 5 });
  });
  it("are clean again when a value is set back", () => {
    const changed = changeScalar(EMPTY_DRAFT, settings, "leadToHubSpot", "nothing");
    expect(isDirty(changed)).toBe(true);
    expect(changeScalar(changed, settings, "leadToHubSpot", "create")).toEqual(EMPTY_DRAFT);
  });
  it("keep one's own changes on top of a newer version", () => {
    const mine = changeScalar(EMPTY_DRAFT, settings, "checkEveryMinutes", 5);
    const newer = { ...settings, version: 5, contactSyncOn: false };
    const rebased = rebaseDraft(mine, newer);
    expect(applyDraft(newer, rebased)).toMatchObject({ checkEveryMinutes: 5, contactSyncOn: false });
    expect(toPatch(newer, rebased).version).toBe(5);
  });
  it("remove a default that was emptied and leave the other record type alone", () => {
    const draft = changeDefault(EMPTY_DRAFT, settings, "Lead", "Company", "");
    expect(toPatch(settings, draft)).toEqual({ version: 4, defaults: { Lead: {} } });
  });
});
