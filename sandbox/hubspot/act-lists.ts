import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { filterBranchSchema } from "./list-filter";
import type { CrmList } from "./list-store";
import type { HubSpotState } from "./state";

const USER_ID = 9400002;
const listSchema = z.strictObject({ listId: z.coerce.string().optional(), listName: z.string().optional() });
const memberSchema = listSchema.extend({
  recordId: z.coerce.string().optional(),
  email: z.string().optional(),
});
const createSchema = z.strictObject({
  name: z.string(),
  objectTypeId: z.string().default("0-1"),
  processingType: z.enum(["MANUAL", "DYNAMIC", "SNAPSHOT"]).default("MANUAL"),
  filterBranch: filterBranchSchema.optional(),
});

function findList(state: HubSpotState, { listId, listName }: z.output<typeof listSchema>): CrmList {
  const list = state.lists.all().find((one) => one.listId === listId || (listName && one.name === listName));
  if (!list) throw new ActError(`no list ${listId ?? listName ?? "(give listId or listName)"}`);
  return list;
}

function findMember(state: HubSpotState, { recordId, email }: z.output<typeof memberSchema>): string {
  const id = recordId ?? (email === undefined ? undefined : state.contacts.findByEmail(email)?.id);
  if (id === undefined) throw new ActError(`no record ${email ?? "(give recordId or email)"}`);
  return id;
}

/** What a marketer does with lists. */
export function makeListActs(state: HubSpotState): Record<string, ActDoor> {
  return {
    createList: defineAct(createSchema, "A person makes a list", (input) => {
      const { listId, name } = state.lists.create(input, USER_ID);
      return { listId, name, size: state.lists.membersOf(listId).size };
    }),
    makeListStatic: defineAct(
      listSchema,
      "A person turns an active list into a static one, which keeps its members",
      (input) => state.lists.makeStatic(findList(state, input).listId),
    ),
    addToList: defineAct(memberSchema, "A person puts a record on a manual list; by email for contacts", (input) =>
      state.lists.change(findList(state, input).listId, [findMember(state, input)], []),
    ),
    removeFromList: defineAct(memberSchema, "A person takes a record off a manual list", (input) =>
      state.lists.change(findList(state, input).listId, [], [findMember(state, input)]),
    ),
  };
}
