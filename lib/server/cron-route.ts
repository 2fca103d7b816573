import { isSameSecret, readBearer } from "@/lib/access/bearer";
import { readEnv } from "./env";
import { Refusal } from "./problem";
import { answerSafely } from "./route";

/**
 * A route that a scheduler calls with `Authorization: Bearer $CRON_SECRET`, compared in constant time. Without CRON_SECRET
 * it stays closed.
 */
export function defineCronRoute(handle: (request: Request) => Promise<object>) {
  return (request: Request): Promise<Response> =>
    answerSafely(request, async () => {
      const given = readBearer(request.headers);
      if (given === null || !isSameSecret(given, readEnv().cronSecret)) throw new Refusal("wrong_secret");
      return handle(request);
    });
}
