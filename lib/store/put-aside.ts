import { randomUUID } from "node:crypto";
import { BOUND_SETTINGS } from "@/lib/decide/bound-settings";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase, inTransaction } from "./client";
import type { StoredCredential } from "./credentials";
import { Prisma, type Connection as Row } from "./generated/client";

/** Two accounts that were connected before others; links, settings and history of theirs are kept. */
export type PutAside = {
  id: string;
  hubspot: AccountName | null;
  salesforce: AccountName | null;
  at: Date;
};
type AccountName = { id: string; name: string };

/** What was put aside, the last one first. */
export async function listPutAside(): Promise<PutAside[]> {
  const rows = await getDatabase().connection.findMany({
    where: { putAsideAt: { not: null } },
    orderBy: { putAsideAt: "desc" },
  });
  return rows.map((row) => ({
    id: row.id,
    hubspot: nameOf(row.hubspotPortalId, row.hubspotAccount),
    salesforce: nameOf(row.salesforceOrgId, row.salesforceAccount),
    at: row.putAsideAt ?? row.updatedAt,
  }));
}

export async function isPutAside(id: string): Promise<boolean> {
  const row = await getDatabase().connection.findUnique({ where: { id }, select: { putAsideAt: true } });
  return row?.putAsideAt != null;
}

function nameOf(id: string | null, account: Prisma.JsonValue): AccountName | null {
  if (id === null) return null;
  const name = account !== null && typeof account === "object" && "name" in account ? account.name : null;
  return { id, name: typeof name === "string" ? name : id };
}

/** Tokens of the side that stays, sealed for the connection that takes over; null = that side is not signed in. */
type Reseal = (id: string) => Promise<Omit<StoredCredential, "version"> | null>;

/**
 * Puts the current connection aside, because `side` is about to be `accountId`, and makes another one current: the one
 * that joined just these two accounts before, as it was then; else a new one with the same settings (but for those that
 * hold ids of the account that goes) and mappings. The other side's sign-in goes along. Answers the id of the one that is
 * current now; null when `id` was put aside already.
 */
export async function putAside(id: string, side: Side, accountId: string, reseal: Reseal): Promise<string | null> {
  return inTransaction(async (transaction) => {
    const { count } = await transaction.connection.updateMany({
      where: { id, putAsideAt: null },
      data: {
        putAsideAt: new Date(),
        status: "setup",
        suspendedReason: null,
        suspendedSide: null,
        suspendedDetail: null,
        suspendedAt: null,
      },
    });
    if (count === 0) return null;
    const left = await transaction.connection.findUniqueOrThrow({ where: { id } });
    const known = await findPartner(transaction, left, side, accountId);
    const next = known ?? (await makeLike(transaction, left, side));
    await moveSignIn(transaction, left, next, side, reseal);
    return next;
  }, 60_000);
}

async function findPartner(
  transaction: Prisma.TransactionClient,
  left: Row,
  side: Side,
  accountId: string,
): Promise<string | null> {
  const others = await transaction.connection.findMany({
    where: { putAsideAt: { not: null }, id: { not: left.id } },
    orderBy: { putAsideAt: "desc" },
  });
  // 15 and 18 characters are the same Salesforce id.
  const isSame = (a: string | null, b: string | null) => a !== null && a.slice(0, 15) === b?.slice(0, 15);
  const found = others.find((one) =>
    side === "hubspot"
      ? one.hubspotPortalId === accountId && isSame(one.salesforceOrgId, left.salesforceOrgId)
      : isSame(one.salesforceOrgId, accountId) && one.hubspotPortalId === left.hubspotPortalId,
  );
  if (!found) return null;
  await transaction.connection.update({ where: { id: found.id }, data: { putAsideAt: null } });
  return found.id;
}

async function makeLike(transaction: Prisma.TransactionClient, left: Row, side: Side): Promise<string> {
  const settings = { ...(left.settings as Partial<ConnectionSettings>) };
  for (const name of BOUND_SETTINGS[side]) delete settings[name];
  const { id } = await transaction.connection.create({
    data: { name: left.name, settings: settings as Prisma.InputJsonValue },
  });
  const mappings = await transaction.fieldMapping.findMany({ where: { connectionId: left.id } });
  await transaction.fieldMapping.createMany({
    data: mappings.map((row) => ({
      ...row,
      id: randomUUID(),
      connectionId: id,
      valueMap: row.valueMap as Prisma.InputJsonValue,
    })),
  });
  const views = await transaction.savedView.findMany({ where: { connectionId: left.id } });
  await transaction.savedView.createMany({
    data: views.map((row) => ({
      ...row,
      id: randomUUID(),
      connectionId: id,
      filters: row.filters as Prisma.InputJsonValue,
    })),
  });
  return id;
}

/** The new sign-in of `side` comes after; until then that side is not connected. */
async function moveSignIn(
  transaction: Prisma.TransactionClient,
  left: Row,
  next: string,
  side: Side,
  reseal: Reseal,
): Promise<void> {
  const stays = side === "hubspot" ? "salesforce" : "hubspot";
  const sealed = await reseal(next);
  await transaction.credential.deleteMany({ where: { connectionId: left.id } });
  if (sealed) {
    await transaction.credential.upsert({
      where: { connectionId_side: { connectionId: next, side: stays } },
      create: { connectionId: next, side: stays, ...sealed },
      update: { ...sealed, version: { increment: 1 } },
    });
  }
  const json = (value: Prisma.JsonValue) => (value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue));
  await transaction.connection.update({
    where: { id: next },
    data:
      side === "salesforce"
        ? {
            hubspotPortalId: left.hubspotPortalId,
            hubspotAccount: json(left.hubspotAccount),
            salesforceAccount: Prisma.DbNull,
          }
        : {
            salesforceOrgId: left.salesforceOrgId,
            salesforceAccount: json(left.salesforceAccount),
            salesforceUrl: left.salesforceUrl,
            salesforceUserId: left.salesforceUserId,
            salesforceLoginUrl: left.salesforceLoginUrl,
            hubspotAccount: Prisma.DbNull,
          },
  });
}
