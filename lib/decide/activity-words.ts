import type { ActivityWords } from "./record-types";
import { matchPriorities, matchStatuses, type TaskWords } from "./task-words";

/** An outcome that calls can have in HubSpot; calls of the past may have deleted ones. */
export type CallOutcome = { id: string; label: string; deleted: boolean };

/** What the two CRMs say of activities beyond their fields; null = not known. */
export type ActivityFacts = { taskWords: TaskWords | null; callOutcomes: CallOutcome[] | null };

export function activityWordsOf({ taskWords, callOutcomes }: ActivityFacts): ActivityWords {
  const statuses = taskWords && matchStatuses(taskWords);
  const priorities = taskWords && matchPriorities(taskWords);
  const completedStatus = statuses?.toSalesforce.COMPLETED;
  const normalPriority = priorities?.toSalesforce.MEDIUM ?? priorities?.toSalesforce[priorities.standIns.MEDIUM ?? ""];
  return {
    org: {
      ...(completedStatus === undefined ? {} : { completedStatus }),
      ...(normalPriority === undefined ? {} : { normalPriority }),
    },
    statuses: statuses?.toHubSpot ?? {},
    priorities: priorities?.toHubSpot ?? {},
    outcomes: callOutcomes && labelsOf(callOutcomes),
    liveOutcomes: callOutcomes && labelsOf(callOutcomes.filter((outcome) => !outcome.deleted)),
  };
}

function labelsOf(outcomes: CallOutcome[]): Record<string, string> {
  return Object.fromEntries(outcomes.map(({ id, label }) => [id, label]));
}
