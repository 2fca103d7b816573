import { createRandom, mixSeed, type Random } from "../shared/random";
import { formatDate, formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";

const DAY = 86_400_000;
/** [stage, probability, closed, won, forecast category] of a fresh organisation. */
const STAGES: [string, number, boolean, boolean, string][] = [
  ["Prospecting", 10, false, false, "Pipeline"],
  ["Qualification", 10, false, false, "Pipeline"],
  ["Needs Analysis", 20, false, false, "Pipeline"],
  ["Value Proposition", 50, false, false, "Pipeline"],
  ["Id. Decision Makers", 60, false, false, "Pipeline"],
  ["Perception Analysis", 70, false, false, "Pipeline"],
  ["Proposal/Price Quote", 75, false, false, "Pipeline"],
  ["Negotiation/Review", 90, false, false, "Pipeline"],
  ["Closed Won", 100, true, true, "Closed"],
  ["Closed Lost", 0, true, false, "Omitted"],
];
const CALLS = ["Intro call", "Follow-up call", "Call about the quote", "お礼の電話"];
const MEETINGS = ["Product demo", "First meeting", "Contract review", "定例会議"];

/** The two statuses that every new campaign has. */
export function addMemberStatuses(state: OrgState, campaignId: string, at?: number): Row[] {
  return ["Sent", "Responded"].map((Label, i) =>
    state.insertSetupRow(
      "CampaignMemberStatus",
      { CampaignId: campaignId, Label, SortOrder: i + 3, IsDefault: i === 0, HasResponded: i === 1 },
      at,
    ),
  );
}

/** Stages, lead statuses and what the queue may own. */
export function seedSetup(state: OrgState, queueId: string, users: Row[], at: number): void {
  STAGES.forEach(([name, probability, isClosed, isWon, category], i) => {
    const forecast = { ForecastCategory: category, ForecastCategoryName: category };
    const flags = { IsActive: true, IsClosed: isClosed, IsWon: isWon, SortOrder: i + 1 };
    const names = { MasterLabel: name, ApiName: name };
    state.insertSetupRow("OpportunityStage", { ...names, ...flags, ...forecast, DefaultProbability: probability }, at);
  });
  const statuses = state.schema.findObject("Lead")?.findField("Status")?.picklist ?? [];
  statuses.forEach((name, i) => {
    const flags = { SortOrder: i + 1, IsDefault: i === 0, IsConverted: name === "Closed - Converted" };
    state.insertSetupRow("LeadStatus", { MasterLabel: name, ApiName: name, ...flags }, at);
  });
  state.insertSetupRow("QueueSobject", { QueueId: queueId, SobjectType: "Lead" }, at);
  for (const user of users.slice(1, 3))
    state.insertSetupRow("GroupMember", { GroupId: queueId, UserOrGroupId: user.Id }, at);
}

type Put = (object: string, values: Record<string, Value>, at: number) => Row;

function seedMembers(state: OrgState, put: Put, random: Random, people: Row[], now: number): void {
  const campaigns = [...state.table("Campaign").readAll()];
  for (const campaign of campaigns)
    addMemberStatuses(state, campaign.Id, Date.parse(campaign.SystemModstamp.replace("+0000", "Z")));
  const counts = new Map<string, { NumberOfLeads: number; NumberOfContacts: number; NumberOfResponses: number }>();
  for (const person of people) {
    if (!random.chance(0.12)) continue;
    const campaign = random.pick(campaigns);
    const isLead = person.Id.startsWith("00Q");
    const hasResponded = random.chance(0.3);
    put(
      "CampaignMember",
      {
        CampaignId: campaign.Id,
        [isLead ? "LeadId" : "ContactId"]: person.Id,
        Status: hasResponded ? "Responded" : "Sent",
        HasResponded: hasResponded,
      },
      now - random.int(300) * DAY - DAY,
    );
    const count = counts.get(campaign.Id) ?? { NumberOfLeads: 0, NumberOfContacts: 0, NumberOfResponses: 0 };
    count[isLead ? "NumberOfLeads" : "NumberOfContacts"]++;
    if (hasResponded) count.NumberOfResponses++;
    counts.set(campaign.Id, count);
  }
  for (const campaign of campaigns) state.table("Campaign").put({ ...campaign, ...counts.get(campaign.Id) });
}

function seedActivities(put: Put, random: Random, people: Row[], now: number): void {
  for (const person of people) {
    if (!random.chance(0.1)) continue;
    const at = now - random.int(200) * DAY - DAY;
    const base = {
      WhoId: person.Id,
      OwnerId: String(person.OwnerId).startsWith("005") ? (person.OwnerId ?? null) : null,
    };
    if (random.chance(0.65)) {
      const subject = random.pick(CALLS);
      const call = { TaskSubtype: "Call", CallType: "Outbound", CallDurationInSeconds: 60 + random.int(900) };
      const done = {
        Status: "Completed",
        IsClosed: true,
        ActivityDate: formatDate(at),
        CompletedDateTime: formatStamp(at),
      };
      put("Task", { ...base, ...call, ...done, Subject: subject }, at);
    } else {
      const start = Math.floor(at / DAY) * DAY + (1 + random.int(8)) * 3_600_000;
      const times = { StartDateTime: formatStamp(start), ActivityDateTime: formatStamp(start) };
      const end = {
        EndDateTime: formatStamp(start + 3_600_000),
        ActivityDate: formatDate(start),
        DurationInMinutes: 60,
      };
      put("Event", { ...base, ...times, ...end, Subject: random.pick(MEETINGS) }, at);
    }
  }
}

function seedOpportunities(state: OrgState, put: Put, random: Random, now: number): void {
  for (const account of state.table("Account").readAll()) {
    if (!random.chance(0.25)) continue;
    const at = now - random.int(250) * DAY - DAY;
    const [stage, probability, isClosed, isWon, category] = random.pick(STAGES);
    const close = isClosed ? at + 20 * DAY : now + random.int(120) * DAY;
    const opportunity = put(
      "Opportunity",
      {
        Name: `${String(account.Name).slice(0, 100)} – ${random.pick(["Pilot", "Renewal", "Expansion", "導入"])}`,
        AccountId: account.Id,
        StageName: stage,
        Probability: probability,
        IsClosed: isClosed,
        IsWon: isWon,
        ForecastCategory: category,
        ForecastCategoryName: category,
        Amount: (1 + random.int(400)) * 1000,
        CloseDate: formatDate(Math.min(close, now + 120 * DAY)),
        OwnerId: account.OwnerId ?? null,
      },
      at,
    );
    const contact = state.table("Contact").findByValue("AccountId", account.Id)[0];
    if (!contact) continue;
    const role = { Role: "Decision Maker", IsPrimary: true };
    put("OpportunityContactRole", { OpportunityId: opportunity.Id, ContactId: contact.Id, ...role }, at);
  }
}

/** What the sample company has done so far: campaign members, calls and meetings, opportunities. */
export function seedActivity(state: OrgState, seed: number, put: Put, now: number): void {
  const random = createRandom(mixSeed(seed, -2));
  const people = ["Lead", "Contact"].flatMap((object) => [...state.table(object).readAll()]);
  const open = people.filter((person) => person.IsConverted !== true);
  seedMembers(state, put, random, open, now);
  seedActivities(put, random, open, now);
  seedOpportunities(state, put, random, now);
}
