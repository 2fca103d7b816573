import type { PropertyProblem } from "./errors";
import type { ObjectStore } from "./object-store";

type Values = Readonly<Record<string, string | undefined>>;

/** Puts in the pipeline that HubSpot fills in by itself, and names a stage that the pipeline does not have. */
export function checkStage(store: ObjectStore, current: Values, values: Record<string, string>): PropertyProblem[] {
  const { stage: names } = store.type;
  if (!names || (values[names.stage] === undefined && values[names.pipeline] === undefined)) return [];
  const stage = values[names.stage] ?? current[names.stage];
  const pipeline = values[names.pipeline] || current[names.pipeline] || store.pipelines.findPipelineOf(stage);
  if (!current[names.pipeline] && pipeline !== undefined) values[names.pipeline] = pipeline;
  const problem = store.pipelines.findProblem(pipeline, stage);
  return problem ? [problem] : [];
}

/**
 * What follows from a deal's stage and amount (HubSpot's default deal properties). Modelled choice: amounts in company
 * currency are the amount as it stands, since the sandbox has no exchange rates.
 */
export function deriveDeal(store: ObjectStore, after: Values, values: Values, at: string): Record<string, string> {
  const stage = after.dealstage === undefined ? undefined : store.pipelines.findStage(after.dealstage);
  const probability = stage?.metadata.probability ?? "";
  const isClosed = stage?.metadata.isClosed === "true";
  const isWon = isClosed && Number(probability) === 1;
  const amount = after.amount ?? "";
  const projected = amount === "" || probability === "" ? "" : String(Number(amount) * Number(probability));
  return {
    hs_deal_stage_probability: probability,
    hs_is_closed: String(isClosed),
    hs_is_closed_won: String(isWon),
    hs_is_closed_lost: String(isClosed && !isWon),
    hs_closed_amount: isWon ? amount || "0" : "0",
    amount_in_home_currency: amount,
    hs_projected_amount: projected,
    ...(values.dealstage && isWon ? { hs_closed_won_date: at } : {}),
    // HubSpot puts in the day of closing where the deal has no close date.
    ...(values.dealstage && isClosed && !after.closedate ? { closedate: at } : {}),
  };
}

/** What follows from a ticket's stage. */
export function deriveTicket(store: ObjectStore, after: Values, values: Values, at: string): Record<string, string> {
  if (!values.hs_pipeline_stage) return {};
  const isClosed = store.pipelines.findStage(values.hs_pipeline_stage)?.metadata.isClosed === "true";
  return { closed_date: isClosed ? (after.closed_date ?? at) : "" };
}
