import type { Side } from "@/lib/decide/record-types";
import { readAccountIds } from "@/lib/store/connections";
import { isPutAside, putAside } from "@/lib/store/put-aside";
import { hasRecordsOf } from "@/lib/store/record-queries";
import { readLoginUrl } from "./login-url";
import { readTokens, sealTokens } from "./stored-tokens";
import { revokeToken } from "./token-endpoint";

/** `kept`: links of another account stand in the way · `gone`: somebody else put the connection aside meanwhile */
export type SwitchAnswer = { kind: "fits"; connectionId: string } | { kind: "kept" } | { kind: "gone" };

/**
 * The connection that an account which just signed in belongs to. Records carry ids of one portal and one org, and another
 * account would link them to strangers: with `maySwitch` those are put aside with their connection, and another one takes
 * over, with the other side's sign-in; the grant of the account that goes is given back.
 */
export async function findPlaceFor(
  connectionId: string,
  side: Side,
  accountId: string,
  maySwitch: boolean,
): Promise<SwitchAnswer> {
  // A sign-in that was begun before somebody switched must not wake what was put aside.
  if (await isPutAside(connectionId)) return { kind: "gone" };
  if (!(await belongsToOther(connectionId, side, accountId))) return { kind: "fits", connectionId };
  if (!maySwitch) return { kind: "kept" };
  const old = await readTokens(connectionId, side).catch(() => null);
  const loginUrl = await readLoginUrl(connectionId);
  const stays = side === "hubspot" ? "salesforce" : "hubspot";
  const kept = await readTokens(connectionId, stays).catch(() => null);
  const next = await putAside(connectionId, side, accountId, async (id) => kept && sealTokens(id, stays, kept));
  if (next === null) return { kind: "gone" };
  if (old) await revokeToken(side, old.refreshToken ?? old.accessToken, loginUrl);
  return { kind: "fits", connectionId: next };
}

async function belongsToOther(connectionId: string, side: Side, accountId: string): Promise<boolean> {
  const known = (await readAccountIds(connectionId))[side];
  // 15 and 18 characters are the same Salesforce id; HubSpot's portal ids are shorter than either.
  return known !== null && known.slice(0, 15) !== accountId.slice(0, 15) && (await hasRecordsOf(connectionId, side));
}
