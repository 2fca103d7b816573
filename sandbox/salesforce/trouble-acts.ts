import { z } from "zod";
import { type ActDoor, defineAct } from "../shared/control-routes";
import { FIXED_SESSION } from "./routes/context";
import type { OrgState } from "./state";

/** The acts by which an organisation stands in a client's way: locks, hidden records, ended sessions, limits, lag. */
export function listTroubleActs(state: OrgState, needId: (id: string) => string): Record<string, ActDoor> {
  return {
    lockRow: defineAct(
      z.strictObject({ id: z.string(), forMs: z.number().nonnegative() }),
      "Holds a record in another transaction",
      (o) => {
        state.locks.set(needId(o.id), state.clock.now() + o.forMs);
      },
    ),
    hideRecord: defineAct(
      z.strictObject({ id: z.string(), hidden: z.boolean().default(true) }),
      "Takes the integration user's access to a record",
      (o) => {
        const id = needId(o.id);
        state.setup.hidden = state.setup.hidden.filter((known) => known !== id);
        if (o.hidden) state.setup.hidden.push(id);
        state.touch();
      },
    ),
    expireSession: defineAct(
      z.strictObject({ token: z.string().optional() }),
      "Ends one access token, or all (the fixed one included)",
      (o) => {
        if (o.token !== undefined && o.token !== FIXED_SESSION) delete state.setup.accessTokens[o.token];
        else state.setup.deadSessions = [FIXED_SESSION];
        if (o.token === undefined) state.setup.accessTokens = {};
        state.touch();
      },
    ),
    restoreSession: defineAct(z.strictObject({}), "Makes the fixed session id valid again", () => {
      state.setup.deadSessions = [];
      state.touch();
    }),
    revokeRefreshTokens: defineAct(z.strictObject({}), "An administrator revokes all refresh tokens", () => {
      state.setup.refreshTokens = {};
      state.touch();
    }),
    setRefreshRotation: defineAct(
      z.strictObject({ enabled: z.boolean() }),
      "Each refresh gives a new refresh token and kills the old",
      (o) => {
        state.setup.rotateRefreshTokens = o.enabled;
        state.touch();
      },
    ),
    setApiLimit: defineAct(
      z.strictObject({
        max: z.number().int().nonnegative().optional(),
        used: z.number().int().nonnegative().optional(),
      }),
      "Sets the daily limit and the calls used today",
      (o) => {
        state.readUsage();
        if (o.max !== undefined) state.limits.change({ daily: o.max });
        if (o.used !== undefined) state.setUsed(o.used);
        state.touch();
        return state.readUsage();
      },
    ),
    setCommitLag: defineAct(
      z.strictObject({ ms: z.number().nonnegative() }),
      "People's changes become visible so much later, with their older stamp",
      (o) => {
        state.setup.commitLagMs = o.ms;
        state.touch();
      },
    ),
  };
}
