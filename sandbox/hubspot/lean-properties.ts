import { TextPool } from "../shared/text-pool";
import { type CrmRecord, NO_HISTORY } from "./record";

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
      properties[name] = own.get(value) ?? value;
      own.set(value, value);
    }
    this.share(properties);
    const { origin, history } = record;
    const keep = (text: string | null) => (text === null ? null : this.texts.keep(text));
    return {
      ...record,
      properties,
      origin: { ...origin, sourceId: keep(origin.sourceId), sourceLabel: keep(origin.sourceLabel) },
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
