import type { ObjectDef } from "./schema";
import { formatStamp } from "./stamps";
import type { OrgState, RollUp } from "./state";
import type { Row } from "./table";
import type { Writer } from "./writer";

const OF_CAMPAIGN = { parent: "Campaign", lookup: "CampaignId" };
const STANDARD: RollUp[] = [
  { ...OF_CAMPAIGN, child: "CampaignMember", name: "NumberOfLeads", only: "LeadId" },
  { ...OF_CAMPAIGN, child: "CampaignMember", name: "NumberOfContacts", only: "ContactId" },
  { ...OF_CAMPAIGN, child: "CampaignMember", name: "NumberOfResponses", only: "HasResponded" },
  { ...OF_CAMPAIGN, child: "Opportunity", name: "NumberOfOpportunities" },
  { ...OF_CAMPAIGN, child: "Opportunity", name: "NumberOfWonOpportunities", only: "IsWon" },
  { ...OF_CAMPAIGN, child: "Opportunity", name: "AmountAllOpportunities", field: "Amount" },
];

function measure(rollUp: RollUp, row: Row | undefined): number {
  if (!row || row.IsDeleted) return 0;
  const condition = rollUp.only === undefined ? true : row[rollUp.only];
  if (condition === null || condition === undefined || condition === false) return 0;
  return rollUp.field === undefined ? 1 : Number(row[rollUp.field] ?? 0);
}

function addTo(state: OrgState, rollUp: RollUp, parentId: unknown, delta: number, writer: Writer): void {
  if (delta === 0 || typeof parentId !== "string") return;
  const table = state.table(rollUp.parent);
  const parent = table.get(parentId);
  if (!parent || !table.def.findField(rollUp.name)) return;
  writer.tx?.add(() => {
    const now = table.get(parentId);
    if (now) table.put({ ...now, [rollUp.name]: Number(now[rollUp.name] ?? 0) - delta });
  });
  // The system changed it, not a person: SystemModstamp moves and LastModifiedDate stays (wire.md A.3.1).
  const SystemModstamp = formatStamp(state.clock.now());
  table.put({ ...parent, [rollUp.name]: Number(parent[rollUp.name] ?? 0) + delta, SystemModstamp });
}

/** Brings the numbers of parents in line with a stored child. Costs the same however many children there are. */
export function updateRollUps(
  state: OrgState,
  def: ObjectDef,
  before: Row | undefined,
  row: Row,
  writer: Writer,
): void {
  for (const rollUp of [...STANDARD, ...state.setup.rollUps]) {
    if (rollUp.child !== def.name) continue;
    const [was, is] = [measure(rollUp, before), measure(rollUp, row)];
    if (before?.[rollUp.lookup] === row[rollUp.lookup]) addTo(state, rollUp, row[rollUp.lookup], is - was, writer);
    else {
      addTo(state, rollUp, before?.[rollUp.lookup], -was, writer);
      addTo(state, rollUp, row[rollUp.lookup], is, writer);
    }
  }
}
