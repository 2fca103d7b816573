import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { uuidOf } from "./ids";
import { CALLS } from "./object-types";
import type { PropertyOption } from "./property-definition";
import type { HubSpotState } from "./state";

const PROPERTY = "hs_call_disposition";

function optionsOf(state: HubSpotState): PropertyOption[] {
  return state.storeOf(CALLS).schema.get(PROPERTY).options;
}

function setOptions(state: HubSpotState, options: PropertyOption[]): void {
  state.storeOf(CALLS).schema.update(PROPERTY, { options }, state.clock.now());
}

/** The outcomes of calls as `/calling/v1/dispositions` tells them; deleted ones stay, since old calls have them. */
export function listCallOutcomes(state: HubSpotState): { id: string; label: string; deleted: boolean }[] {
  return optionsOf(state).map(({ value, label, hidden }) => ({ id: value, label, deleted: hidden }));
}

/** What an administrator does with the outcomes of calls. */
export function makeCallOutcomeActs(state: HubSpotState): Record<string, ActDoor> {
  return {
    addCallOutcome: defineAct(z.strictObject({ label: z.string().min(1) }), "An outcome of calls is added", (o) => {
      const known = optionsOf(state);
      if (known.some(({ label, hidden }) => label === o.label && !hidden))
        throw new ActError(`there is an outcome "${o.label}" already`);
      const id = uuidOf("outcome", known.length, o.label);
      const option = { value: id, label: o.label, description: "", displayOrder: known.length, hidden: false };
      setOptions(state, [...known, option]);
      return { id };
    }),
    changeCallOutcome: defineAct(
      z.strictObject({ id: z.string(), label: z.string().min(1).optional(), deleted: z.boolean().optional() }),
      "An outcome of calls gets another label, is deleted or comes back",
      (o) => {
        const known = optionsOf(state);
        if (!known.some(({ value }) => value === o.id)) throw new ActError(`no call outcome ${o.id}`);
        setOptions(
          state,
          known.map((one) =>
            one.value === o.id ? { ...one, label: o.label ?? one.label, hidden: o.deleted ?? one.hidden } : one,
          ),
        );
      },
    ),
  };
}
