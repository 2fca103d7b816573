import { createHash } from "node:crypto";
import type { prismaAdapter } from "better-auth/adapters/prisma";

type Adapter = ReturnType<ReturnType<typeof prismaAdapter>>;
type InTransaction = Parameters<Parameters<Adapter["transaction"]>[0]>[0];
type Where = Parameters<Adapter["findOne"]>[0]["where"][number];
type Asked = { model: string; where?: Where[] | undefined };
type Row = { token?: unknown };

/** Tells a hash from a token; tokens of the sign-in library are letters and figures alone. */
const MARK = "sha256:";

/**
 * Lets the sign-in library keep only hashes of session tokens, so that nobody who reads the database holds a session. The
 * library has no setting for that: it asks and is answered with tokens as ever, the hashing stands in between.
 */
export function hashSessionTokens(adapter: Adapter): Adapter {
  return {
    ...hashInTransaction(adapter),
    transaction: (work) => adapter.transaction((inner) => work(hashInTransaction(inner))),
  };
}

function hashInTransaction<Inner extends InTransaction>(adapter: Inner): Inner {
  return {
    ...adapter,
    create: async (asked: Parameters<Adapter["create"]>[0]) => {
      if (asked.model !== "session") return adapter.create(asked);
      const { token } = asked.data as Row;
      const made = await adapter.create({ ...asked, data: { ...asked.data, token: hashToken(token) } });
      return { ...(made as object), token };
    },
    findOne: async (asked: Parameters<Adapter["findOne"]>[0]) => giveBack(asked, await adapter.findOne(hide(asked))),
    findMany: async (asked: Parameters<Adapter["findMany"]>[0]) => {
      const rows = await adapter.findMany(hide(asked));
      return rows.map((row) => giveBack(asked, row));
    },
    update: async (asked: Parameters<Adapter["update"]>[0]) => giveBack(asked, await adapter.update(hide(asked))),
    consumeOne: async (asked: Parameters<Adapter["consumeOne"]>[0]) =>
      giveBack(asked, await adapter.consumeOne(hide(asked))),
    updateMany: (asked: Parameters<Adapter["updateMany"]>[0]) => adapter.updateMany(hide(asked)),
    delete: (asked: Parameters<Adapter["delete"]>[0]) => adapter.delete(hide(asked)),
    deleteMany: (asked: Parameters<Adapter["deleteMany"]>[0]) => adapter.deleteMany(hide(asked)),
    count: (asked: Parameters<Adapter["count"]>[0]) => adapter.count(hide(asked)),
  };
}

/** The question with hashes in place of tokens. */
function hide<Question extends Asked & { update?: Record<string, unknown> }>(asked: Question): Question {
  if (asked.model !== "session") return asked;
  const where = asked.where?.map((one) =>
    one.field === "token" ? { ...one, value: hashValue(one.value) as Where["value"] } : one,
  );
  const update =
    asked.update && "token" in asked.update ? { ...asked.update, token: hashToken(asked.update.token) } : null;
  return { ...asked, ...(where ? { where } : {}), ...(update ? { update } : {}) };
}

/** The answer with the token that was asked for; of sessions found in another way only the hash is known. */
function giveBack<Answer>(asked: Asked, row: Answer): Answer {
  if (asked.model !== "session" || typeof row !== "object" || row === null) return row;
  const given = (asked.where ?? []).filter((one) => one.field === "token").flatMap((one) => one.value as unknown);
  const token = given.find((one) => hashToken(one) === (row as Row).token);
  return token === undefined ? row : { ...row, token };
}

function hashValue(value: unknown): unknown {
  return Array.isArray(value) ? value.map(hashToken) : hashToken(value);
}

function hashToken(token: unknown): unknown {
  if (typeof token !== "string" || token.startsWith(MARK)) return token;
  return MARK + createHash("sha256").update(token, "utf8").digest("hex");
}
