import type { ErrorGroup } from "@/lib/contracts/errors";
import type { AskedJob } from "@/lib/contracts/jobs";
import type { PanelTarget } from "./health-filters";

type Resync = Extract<AskedJob, { kind: "resync" }>;

/** All records with the error: a job for each object among them. Only open errors count, whatever the record's state. */
export function resyncRequests(target: PanelTarget, groups: readonly ErrorGroup[]): Resync[] {
  const objects = [...new Set(groups.map((group) => group.object))];
  const errorTypes = [target.type] as NonNullable<Resync["errorTypes"]>;
  return objects.map((object) => ({ kind: "resync", object, states: [], errorTypes, errorSide: target.side }));
}

const ID = /^[0-9a-f-]{36}$/;

/** The jobs that the address names. */
export function readJobIds(params: URLSearchParams): string[] {
  return (params.get("job") ?? "")
    .split(",")
    .filter((id) => ID.test(id))
    .slice(0, 10);
}
