import type { StagePair } from "@/lib/decide/connection-settings";
import { prepareConnection } from "@/lib/sync/prepare-connection";
import { setRule } from "../pairs";
import { associate, editHubSpot, editSalesforce, makeHubSpot, makeSalesforce } from "../records";
import { type Business, EDITED, OBJECT, STAGES, TYPE } from "./business";
import { type History, type Kind, withoutFaults } from "./history";
import { judgeDeals } from "./judge-deals";
import { pickKnown } from "./play-people";
import { listAll } from "./standing";
import { type Value, ValueLog } from "./value-log";

type Side = "hubspot" | "salesforce";

const STAGE_PAIRS: StagePair[] = Object.entries(STAGES).map(([stageId, stageName]) => ({
  ...{ pipelineId: "default", stageId, stageName, recordTypeId: null },
}));

/** P1, P2: companies and deals are made, edited and moved through their stages on both sides; children wait for parents. */
export function playDeals(): Kind {
  const all: Business[] = [];
  return {
    name: "deals",
    settings: {
      hubspotToSalesforce: "contact",
      company: { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true },
      deal: { on: true, toSalesforce: "create", toHubSpot: "create" },
      stagePairs: STAGE_PAIRS,
    },
    async prepare({ world }) {
      await prepareConnection(world.connectionId, { createIdFields: true });
      for (const property of Object.keys(EDITED.company)) await setRule(property, "two_way");
    },
    steps: [
      { weight: 7, name: "company of a contact", run: (history) => makeCompany(history, all) },
      { weight: 4, name: "company of nobody", run: (history) => makeLoneCompany(history, all) },
      { weight: 5, name: "a contact joins a company", run: (history) => joinCompany(history, all) },
      { weight: 5, name: "account", run: (history) => makeAccount(history, all) },
      { weight: 8, name: "deal", run: (history) => makeDeal(history, all) },
      { weight: 5, name: "opportunity", run: (history) => makeOpportunity(history, all) },
      { weight: 16, name: "edit of a company or deal in HubSpot", run: (history) => edit(history, "hubspot", all) },
      {
        weight: 16,
        name: "edit of a company or deal in Salesforce",
        run: (history) => edit(history, "salesforce", all),
      },
    ],
    judge: (history) => judgeDeals(history, all),
  };
}

function add(history: History, all: Business[], one: Omit<Business, "values">, values: Record<string, Value>): void {
  const business: Business = { ...one, values: new ValueLog() };
  const side = one.hubspotId === null ? "salesforce" : "hubspot";
  business.values.note(side, values, history.log.second);
  history.log.others.push(business.values);
  history.log.noteAct(business, `made in ${side} ${JSON.stringify(values)}, of ${one.parent?.key ?? one.person?.key}`);
  all.push(business);
}

const phoneOf = (history: History): string => `03-${history.log.takeNumber()}`;
const amountOf = (history: History): string => `${1_000 + history.log.takeNumber()}`;

async function makeCompany(history: History, all: Business[]): Promise<void> {
  const person = pickKnown(history, "hubspot");
  if (!person || all.some((one) => one.person === person)) return;
  const key = `Company ${all.length}`;
  const phone = phoneOf(history);
  const hubspotId = await makeHubSpot(history.world, "companies", { name: key, phone });
  await associate(
    history.world,
    { type: "contacts", id: person.hubspotId ?? "" },
    { type: "companies", id: hubspotId },
  );
  add(history, all, { object: "company", key, hubspotId, salesforceId: null, person, parent: null }, { phone });
}

/** P1: nobody of it syncs, so that it has no account; its deals wait. */
async function makeLoneCompany(history: History, all: Business[]): Promise<void> {
  const key = `Company ${all.length}`;
  const phone = phoneOf(history);
  const hubspotId = await makeHubSpot(history.world, "companies", { name: key, phone });
  add(history, all, { object: "company", key, hubspotId, salesforceId: null, person: null, parent: null }, { phone });
}

async function joinCompany(history: History, all: Business[]): Promise<void> {
  const person = pickKnown(history, "hubspot");
  const lone = all.find((one) => one.object === "company" && one.hubspotId && !one.salesforceId && !one.person);
  if (!person || !lone || all.some((one) => one.person === person)) return;
  const company = { type: "companies", id: lone.hubspotId ?? "" };
  await associate(history.world, { type: "contacts", id: person.hubspotId ?? "" }, company);
  lone.person = person;
  history.log.noteAct(lone, `${person.key} joins it`);
}

async function makeAccount(history: History, all: Business[]): Promise<void> {
  const key = `Account ${all.length}`;
  const phone = phoneOf(history);
  const salesforceId = await makeSalesforce(history.world, "Account", { Name: key, Phone: phone });
  const person = pickKnown(history, "salesforce") ?? null;
  const isFree = person !== null && !all.some((one) => one.person === person);
  if (isFree) await editSalesforce(history.world, "Contact", person.salesforceId ?? "", { AccountId: salesforceId });
  if (isFree) person.values.salesforceEditedAt = history.log.second;
  const of = isFree ? person : null;
  add(history, all, { object: "company", key, hubspotId: null, salesforceId, person: of, parent: null }, { phone });
}

function pickParent(history: History, all: Business[], side: Side): Business | null {
  const fit = all.filter((one) => one.object === "company" && (side === "hubspot" ? one.hubspotId : one.salesforceId));
  return fit.length === 0 || history.random.chance(0.3) ? null : history.random.pick(fit);
}

async function makeDeal(history: History, all: Business[]): Promise<void> {
  const parent = pickParent(history, all, "hubspot");
  const key = `Deal ${all.length}`;
  const values = { amount: amountOf(history), dealstage: history.random.pick(Object.keys(STAGES)) };
  const of = parent ? [{ type: "companies", id: parent.hubspotId ?? "" }] : [];
  const properties = { dealname: key, pipeline: "default", ...values };
  const hubspotId = await makeHubSpot(history.world, "deals", properties, of);
  add(history, all, { object: "deal", key, hubspotId, salesforceId: null, person: null, parent }, values);
}

async function makeOpportunity(history: History, all: Business[]): Promise<void> {
  const parent = pickParent(history, all, "salesforce");
  const key = `Opportunity ${all.length}`;
  const values = { amount: amountOf(history), dealstage: history.random.pick(Object.keys(STAGES)) };
  const salesforceId = await makeSalesforce(history.world, "Opportunity", {
    ...{ Name: key, CloseDate: "2027-03-31", Amount: Number(values.amount) },
    ...{ StageName: STAGES[values.dealstage] ?? null, AccountId: parent?.salesforceId ?? null },
  });
  add(history, all, { object: "deal", key, hubspotId: null, salesforceId, person: null, parent }, values);
}

async function edit(history: History, side: Side, all: Business[]): Promise<void> {
  const { random, log, world } = history;
  await withoutFaults(history, () => learnBusiness(history, all));
  const known = all.filter((one) => (side === "hubspot" ? one.hubspotId : one.salesforceId));
  if (known.length === 0) return;
  const business = random.pick(known);
  const { object } = business;
  const name = random.pick(Object.keys(EDITED[object]));
  const value =
    name === "dealstage"
      ? random.pick(Object.keys(STAGES))
      : name === "amount"
        ? amountOf(history)
        : `${random.pick(["Oslo", "大阪", "Köln"])} ${log.takeNumber()}`;
  if (side === "hubspot") await editHubSpot(world, TYPE[object], business.hubspotId ?? "", { [name]: value });
  else {
    const field = (EDITED[object] as Record<string, string>)[name] ?? name;
    await editSalesforce(world, OBJECT[object], business.salesforceId ?? "", { [field]: toSalesforce(name, value) });
  }
  business.values.note(side, { [name]: value }, log.second);
  log.noteAct(business, `${side} ${name} = ${value}`);
}

function toSalesforce(name: string, value: string): string | number | null {
  if (name === "amount") return Number(value);
  return name === "dealstage" ? (STAGES[value] ?? null) : value;
}

/** By name, as a person would find the other side's record. */
async function learnBusiness({ world }: History, all: Business[]): Promise<void> {
  for (const object of ["company", "deal"] as const) {
    const property = object === "company" ? "name" : "dealname";
    const open = all.filter((one) => one.object === object && (!one.hubspotId || !one.salesforceId));
    if (open.length === 0) continue;
    const inHubSpot = await listAll(world, TYPE[object], [property]);
    const inSalesforce = await world.soql(`SELECT Id, Name FROM ${OBJECT[object]}`);
    for (const one of open) {
      one.hubspotId ??= inHubSpot.find(({ properties }) => properties[property] === one.key)?.id ?? null;
      const row = inSalesforce.find(({ Name }) => Name === one.key);
      one.salesforceId ??= row ? String(row.Id) : null;
    }
  }
}
