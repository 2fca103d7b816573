import { z } from "zod";
import { type ActDoor, defineAct } from "../shared/control-routes";
import { createRecord, updateRecord } from "./records";
import { purgeRecord } from "./recycle-bin";
import type { ObjectDef } from "./schema";
import { formatDate, formatStamp } from "./stamps";
import type { OrgState } from "./state";
import { firstClosedStatus } from "./task-picklists";
import type { Writer } from "./writer";

type Tools = {
  needObject(name: string): ObjectDef;
  makeWriter(as?: string): Writer;
  explain<T>(work: () => T): T;
};

/** What a sales rep does in a day, beside editing records. */
export function listPlayActs(state: OrgState, { needObject, makeWriter, explain }: Tools): Record<string, ActDoor> {
  const as = z.string().optional();
  return {
    logCall: defineAct(
      z.strictObject({
        personId: z.string(),
        subject: z.string().default("Call"),
        notes: z.string().optional(),
        minutes: z.number().nonnegative().default(5),
        as,
      }),
      "A person logs a call with a lead or contact",
      (o) =>
        explain(() => {
          const call = { TaskSubtype: "Call", CallType: "Outbound", CallDurationInSeconds: Math.round(o.minutes * 60) };
          const done = { Status: firstClosedStatus(state), ActivityDate: formatDate(state.clock.now()) };
          const told = { Subject: o.subject, Description: o.notes ?? null, WhoId: o.personId };
          return { id: createRecord(state, needObject("Task"), { ...call, ...done, ...told }, makeWriter(o.as)).Id };
        }),
    ),
    planMeeting: defineAct(
      z.strictObject({
        personId: z.string(),
        subject: z.string().default("Meeting"),
        start: z.string().optional(),
        as,
      }),
      "A person plans a meeting with a lead or contact, one hour long",
      (o) =>
        explain(() => {
          const StartDateTime = o.start ?? formatStamp(state.clock.now() + 86_400_000);
          const values = { Subject: o.subject, WhoId: o.personId, StartDateTime, DurationInMinutes: 60 };
          return { id: createRecord(state, needObject("Event"), values, makeWriter(o.as)).Id };
        }),
    ),
    closeDeal: defineAct(
      z.strictObject({ opportunityId: z.string(), isWon: z.boolean().default(true), as }),
      "A person closes a deal, won or lost",
      (o) =>
        explain(() => {
          const values = {
            StageName: o.isWon ? "Closed Won" : "Closed Lost",
            CloseDate: formatDate(state.clock.now()),
          };
          updateRecord(state, needObject("Opportunity"), o.opportunityId, values, makeWriter(o.as));
        }),
    ),
    emptyRecycleBin: defineAct(
      z.strictObject({ ids: z.array(z.string()).min(1) }),
      "A person empties the recycle bin of these records",
      (o) =>
        explain(() => {
          for (const id of o.ids) purgeRecord(state, id);
        }),
    ),
  };
}
