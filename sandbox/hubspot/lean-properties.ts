import { TextPool } from "../shared/text-pool";
import { type Change, type CrmRecord, NO_HISTORY } from "./record";
import type { PropertySchema } from "./schema";

type Values = Readonly<Record<string, string>>;

/** What many records have in common; each text is kept once, which saves about 400 MB of a million contacts. */
const SHARED = new Set([
  "annualrevenue",
  "city",
  "company",
  "country",
  "firstname",
  "hs_email_domain",
  "industry",
  "jobtitle",
  "lastname",
  "state",
  "website",
  "zip",
]);

/** Records of so many shapes are hardly alike any more; what comes later is stored as it is. */
const MAX_SHAPES = 10_000;

/** Makes the values of the records of one type small: a million contacts would take 3 GB otherwise. */
export class LeanProperties {
  private readonly shapes = new Map<string, Values>();
  private readonly texts = new TextPool();

  constructor(private readonly schema: PropertySchema) {}

  /** Replaces texts that many records carry by one copy; changes `values`. */
  share(values: Record<string, string>): void {
    for (const name of Object.keys(values)) {
      if (SHARED.has(name)) values[name] = this.texts.keep(values[name] ?? "");
    }
  }

  /** A record that was parsed from text, with what is equal in it held once again, as it was when it was made. */
  unite(record: CrmRecord): CrmRecord {
    const own = new Map([[record.id, record.id]]);
    const properties: Record<string, string> = {};
    for (const [name, value] of Object.entries(record.properties)) {
      const kept = own.get(value) ?? (this.isShared(name) ? this.texts.keep(value) : value);
      properties[name] = kept;
      own.set(kept, kept);
    }
    const { origin, history } = record;
    const keep = (text: string | null) => (text === null ? null : this.texts.keep(text));
    return {
      ...record,
      properties,
      origin: {
        ...origin,
        sourceType: this.texts.keep(origin.sourceType) as Change["sourceType"],
        sourceId: keep(origin.sourceId),
        sourceLabel: keep(origin.sourceLabel),
      },
      history: Object.keys(history).length === 0 ? NO_HISTORY : history,
    };
  }

  /**
   * Copies values into an object that the engine stores as plain slots, with one shape for all records that have the same
   * properties. One built key by key is stored as a hash table, which takes three times as much.
   */
  pack(values: Values): Values {
    const names = Object.keys(values);
    const shape = this.shapeOf(names);
    if (!shape) return values;
    const packed: Record<string, string> = { ...shape };
    for (const name of names) packed[name] = values[name] ?? "";
    return packed;
  }

  /** Options are few; what HubSpot itself writes (source, pipeline, company) is the same for many. */
  private isShared(name: string): boolean {
    const type = this.schema.find(name)?.type;
    return (
      SHARED.has(name) || type === "enumeration" || type === "bool" || type === "number" || /^hs_(obj|pip)/.test(name)
    );
  }

  private shapeOf(names: readonly string[]): Values | undefined {
    const key = names.join();
    const known = this.shapes.get(key);
    if (known || this.shapes.size >= MAX_SHAPES) return known;
    // The JSON parser makes objects of the lean kind; building this one key by key would not.
    const shape = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, ""])))) as Values;
    this.shapes.set(key, shape);
    return shape;
  }
}
