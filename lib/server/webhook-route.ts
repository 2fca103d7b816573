import type { z } from "zod";
import { readEnv } from "./env";
import { Refusal } from "./problem";
import { checkInput, parseJson, readBytes, refuseLongBody } from "./read-request";
import { answerSafely } from "./route";
import { isFreshTimestamp, isSignedByHubSpot } from "./webhook-signature";

/**
 * A route that HubSpot posts events to. Answers 204; 401 without a fresh signature of our app (and always while no client
 * secret is set), 413 above 1 MB (a hundred events are some 40 KB), 400 for a signed body that is no list of events.
 */
export function defineHubSpotWebhook<Schema extends z.ZodType>(
  schema: Schema,
  handle: (signature: string, events: z.output<Schema>) => Promise<void>,
) {
  return (request: Request): Promise<Response> =>
    answerSafely(request, async () => {
      const { publicUrl, hubspot } = readEnv();
      refuseLongBody(request);
      const timestamp = request.headers.get("x-hubspot-request-timestamp");
      const signature = request.headers.get("x-hubspot-signature-v3");
      // Before the body: who knows no signature costs us no reading.
      if (!isFreshTimestamp(timestamp, Date.now()) || signature === null) throw new Refusal("wrong_secret");
      const body = await readBytes(request);
      // The public address and not the one of this process: a proxy in between changes scheme, host and port.
      const { pathname, search } = new URL(request.url);
      const signed = { method: request.method, url: `${publicUrl}${pathname}${search}`, body, timestamp, signature };
      if (!isSignedByHubSpot(signed, hubspot.clientSecret ?? "")) throw new Refusal("wrong_secret");
      await handle(signature, checkInput(parseJson(Buffer.from(body).toString("utf8")), schema, ""));
      return new Response(null, { status: 204 });
    });
}
