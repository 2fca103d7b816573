import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { hasChangeEvents, MAX_SELECTED } from "./change-feed";
import type { OrgState } from "./state";

function needEntity(state: OrgState, name: string) {
  const def = state.schema.findObject(name);
  if (!def || !hasChangeEvents(def)) throw new ActError(`"${name}" has no change events`);
  return def;
}

/** The acts around change events and bulk jobs. */
export function listStreamActs(state: OrgState): Record<string, ActDoor> {
  const ids = z.array(z.string()).min(1);
  return {
    selectEntities: defineAct(
      z.strictObject({ objects: z.array(z.string()), addOn: z.boolean().default(false) }),
      "Selects the entities with change events: at most five without the add-on licence",
      (o) => {
        const names = o.objects.map((name) => needEntity(state, name).name);
        if (new Set(names).size > MAX_SELECTED && !o.addOn)
          throw new ActError(`only ${MAX_SELECTED} entities can be selected without the add-on`);
        state.feed.selected = new Set(names);
        state.touch();
        return { selected: [...state.feed.selected] };
      },
    ),
    sendGapEvent: defineAct(
      z.strictObject({ object: z.string(), ids, change: z.enum(["CREATE", "UPDATE", "DELETE", "UNDELETE"]) }),
      "Sends a gap event: a header without field values",
      (o) => ({
        replayId: state.feed.announce(`GAP_${o.change}`, needEntity(state, o.object).name, o.ids, state.adminId),
      }),
    ),
    sendOverflowEvent: defineAct(
      z.strictObject({ object: z.string() }),
      "Sends an overflow event: more changes than the bus could take",
      (o) => {
        const def = needEntity(state, o.object);
        return { replayId: state.feed.announce("GAP_OVERFLOW", def.name, [`${def.keyPrefix}*`], state.adminId) };
      },
    ),
    setDeliveryLimit: defineAct(
      z.strictObject({
        max: z.number().int().nonnegative().optional(),
        used: z.number().int().nonnegative().optional(),
      }),
      "Sets how many streaming events may be delivered per day, and how many were",
      (o) => {
        const { used, max } = state.readDelivered();
        Object.assign(state.setup.delivered, { used: o.used ?? used, max: o.max ?? max });
        state.touch();
        return state.readDelivered();
      },
    ),
    dropStreamingClients: defineAct(
      z.strictObject({}),
      "Forgets every streaming client, as a restarted node does",
      () => {
        const clients = state.streaming.list();
        for (const client of clients) state.streaming.close(client);
        return { dropped: clients.length };
      },
    ),
    setPollHold: defineAct(
      z.strictObject({ ms: z.number().int().positive() }),
      "Answers empty streaming polls after so many milliseconds (110,000 as a rule)",
      (o) => {
        state.streaming.maxHoldMs = o.ms;
      },
    ),
    setBulkPace: defineAct(
      z.strictObject({
        startMs: z.number().nonnegative().optional(),
        chunkMs: z.number().nonnegative().optional(),
        chunkSize: z.number().int().positive().optional(),
      }),
      "Sets how long bulk jobs wait before they start and before each chunk, on the sandbox's clock",
      (o) => {
        const { startMs, chunkMs, chunkSize } = state.bulk.pace;
        state.bulk.pace = {
          startMs: o.startMs ?? startMs,
          chunkMs: o.chunkMs ?? chunkMs,
          chunkSize: o.chunkSize ?? chunkSize,
        };
        return state.bulk.pace;
      },
    ),
  };
}
