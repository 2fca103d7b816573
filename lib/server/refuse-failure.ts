import { redactText } from "./log";
import { Refusal } from "./problem";

/** A failure of a whole call, or the error object that was made of it. */
type Failure =
  | { side: string; message: string; status: number }
  | { side: string; remoteMessage: string; retry: string };

/** An outage or a limit passes (503); anything else the CRM refused for good (502). */
export function refuseFailure(failure: Failure): Refusal {
  const passes =
    "status" in failure
      ? failure.status === 0 || failure.status === 429 || failure.status >= 500
      : failure.retry === "heals";
  const message = "status" in failure ? failure.message : failure.remoteMessage;
  return new Refusal(passes ? "crm_unavailable" : "crm_refused", { detail: `${failure.side}: ${redactText(message)}` });
}
