import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import {
  applyDraft,
  changeInGroup,
  changeSetting,
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
    const draft = changeSetting(EMPTY_DRAFT, settings, "checkEveryMinutes", 5);
    expect(toPatch({ ...settings, version: 9 }, draft)).toEqual({ version: 4, checkEveryMinutes: 5 });
  });
  it("are clean again when a value is set back", () => {
    const changed = changeSetting(EMPTY_DRAFT, settings, "leadToHubSpot", "nothing");
    expect(isDirty(changed)).toBe(true);
    expect(changeSetting(changed, settings, "leadToHubSpot", "create")).toEqual(EMPTY_DRAFT);
  });
  it("keep one's own changes on top of a newer version", () => {
    const mine = changeSetting(EMPTY_DRAFT, settings, "checkEveryMinutes", 5);
    const newer = { ...settings, version: 5, contactSyncOn: false };
    const rebased = rebaseDraft(mine, newer);
    expect(applyDraft(newer, rebased)).toMatchObject({ checkEveryMinutes: 5, contactSyncOn: false });
    expect(toPatch(newer, rebased).version).toBe(5);
  });
  it("send only the choice of a group that was changed, and none when it is set back", () => {
    const draft = changeInGroup(EMPTY_DRAFT, settings, "activities", "call", !settings.activities.call);
    expect(toPatch(settings, draft)).toEqual({ version: 4, activities: { call: !settings.activities.call } });
    expect(applyDraft(settings, draft).activities.meeting).toBe(settings.activities.meeting);
    expect(changeInGroup(draft, settings, "activities", "call", settings.activities.call)).toEqual(EMPTY_DRAFT);
  });
  it("leave the defaults of the other record type alone", () => {
    const draft = changeInGroup(EMPTY_DRAFT, settings, "defaults", "Lead", {});
    expect(toPatch(settings, draft)).toEqual({ version: 4, defaults: { Lead: {} } });
  });
});
