import { badRequest, SalesforceError } from "../errors";
import { createRecord } from "../records";
import type { ObjectDef } from "../schema";
import { findChildren } from "../soql/select";
import type { OrgState } from "../state";
import { type Fields, Transaction, type Writer } from "../writer";
import { findBodyObject, findPathObject, makeWriter, type OrgApp, readJsonBody, sendJson } from "./context";

type Node = { referenceId: string; def: ObjectDef; fields: Fields; children: { lookup: string; nodes: Node[] }[] };
type TreeError = { referenceId: string; errors: object[] };

const MAX_RECORDS = 200;
const MAX_DEPTH = 5;

function isChildList(value: unknown): value is { records: Fields[] } {
  return typeof value === "object" && value !== null && Array.isArray((value as { records?: unknown }).records);
}

function readNode(state: OrgState, root: ObjectDef, record: Fields, depth: number): Node {
  if (depth > MAX_DEPTH) throw badRequest("INVALID_INPUT", `a tree may have ${MAX_DEPTH} levels at most`);
  const attributes = (record.attributes ?? {}) as { type?: unknown; referenceId?: unknown };
  if (typeof attributes.referenceId !== "string")
    throw badRequest("INVALID_INPUT", "Each record needs attributes with type and referenceId");
  const def = findBodyObject(state, attributes.type);
  if (def !== root)
    throw badRequest("INVALID_INPUT", `The record is of type ${def.name} where ${root.name} is expected`);
  const node: Node = { referenceId: attributes.referenceId, def, fields: {}, children: [] };
  for (const [name, value] of Object.entries(record)) {
    if (name === "attributes") continue;
    if (!isChildList(value)) {
      node.fields[name] = value;
      continue;
    }
    const { child, lookup } = findChildren(state, def, name);
    const nodes = value.records.map((inner) => readNode(state, child, inner, depth + 1));
    node.children.push({ lookup: lookup.name, nodes });
  }
  return node;
}

function listNodes(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...node.children.flatMap((list) => listNodes(list.nodes))]);
}

function createNodes(
  state: OrgState,
  nodes: Node[],
  writer: Writer,
  ids: Map<string, string>,
  errors: TreeError[],
): void {
  for (const { referenceId, def, fields, children } of nodes) {
    try {
      const { Id } = createRecord(state, def, fields, writer);
      ids.set(referenceId, Id);
      for (const { lookup, nodes: inner } of children) {
        for (const node of inner) node.fields[lookup] = Id;
        createNodes(state, inner, writer, ids, errors);
      }
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      errors.push({ referenceId, errors: [error.toRecordError()] });
    }
  }
}

/** `POST /composite/tree/{object}`: up to 200 records with their children; all or nothing. */
export function mountTree(app: OrgApp, state: OrgState): void {
  app.post("/services/data/:version/composite/tree/:object", async (c) => {
    const root = findPathObject(state, c.req.param("object"));
    const body = await readJsonBody(c);
    if (!Array.isArray(body.records)) throw badRequest("JSON_PARSER_ERROR", "The records property is required");
    const nodes = (body.records as Fields[]).map((record) => readNode(state, root, record, 1));
    const all = listNodes(nodes);
    if (all.length > MAX_RECORDS) throw badRequest("INVALID_INPUT", `The tree has more than ${MAX_RECORDS} records`);
    const twice = all.find((node, i) => all.findIndex((other) => other.referenceId === node.referenceId) !== i);
    if (twice) throw badRequest("INVALID_INPUT", `Duplicate ReferenceId provided in the request: ${twice.referenceId}`);
    const writer = makeWriter(c);
    const tx = new Transaction(writer.tx);
    const ids = new Map<string, string>();
    const errors: TreeError[] = [];
    createNodes(state, nodes, { ...writer, tx }, ids, errors);
    c.env.call.records = all.length;
    if (errors.length > 0) {
      tx.rollBack();
      return sendJson({ hasErrors: true, results: errors }, 400);
    }
    tx.commit();
    return sendJson({ hasErrors: false, results: [...ids].map(([referenceId, id]) => ({ referenceId, id })) }, 201);
  });
}
