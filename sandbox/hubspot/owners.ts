import { STAFF } from "../shared/people";

/** An owner in HubSpot's wire shape. */
export type Owner = {
  id: string;
  email: string;
  type: "PERSON";
  firstName: string;
  lastName: string;
  userId: number | null;
  userIdIncludingInactive: number;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  teams: { id: string; name: string; primary: boolean }[];
};

const FIRST_OWNER_ID = 71550001;
const FIRST_USER_ID = 9400001;
const JOINED_AT = "2024-04-01T00:30:00.000Z";

/** The five people both systems share, one that only HubSpot has, and one who left (archived: no user id). */
export function makeOwners(): Owner[] {
  const people = [
    ...STAFF.slice(0, 5),
    { firstName: "Mika", lastName: "Fontaine", email: "mika.fontaine@sandbox.example", active: true },
    { firstName: "Rolf", lastName: "Gone", email: "rolf.gone@sandbox.example", active: false },
  ];
  return people.map((person, index) => ({
    id: String(FIRST_OWNER_ID + index),
    email: person.email,
    type: "PERSON",
    firstName: person.firstName,
    lastName: person.lastName,
    userId: person.active ? FIRST_USER_ID + index : null,
    userIdIncludingInactive: FIRST_USER_ID + index,
    createdAt: JOINED_AT,
    updatedAt: JOINED_AT,
    archived: !person.active,
    teams: index === 1 || index === 2 ? [{ id: "5301", name: "Sales", primary: true }] : [],
  }));
}
