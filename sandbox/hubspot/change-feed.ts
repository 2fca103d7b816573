import type { ObjectType } from "./object-types";
import type { CrmRecord } from "./record";

/** One end of an association. */
export type RecordRef = { readonly type: ObjectType; readonly id: string };

/** Something that happened to the portal's data, as webhooks, the journal and active lists need to know it. */
export type FeedEvent =
  | { kind: "creation" | "deletion" | "restore"; at: number; type: ObjectType; record: CrmRecord }
  | { kind: "propertyChange"; at: number; type: ObjectType; record: CrmRecord; before: CrmRecord }
  | { kind: "privacyDeletion"; at: number; type: ObjectType; id: string }
  | {
      kind: "merge";
      at: number;
      type: ObjectType;
      /** The survivor; for all types but contacts it is a new record. */
      record: CrmRecord;
      primaryId: string;
      loserIds: string[];
      movedProperties: number;
    }
  | {
      kind: "associationChange";
      at: number;
      from: RecordRef;
      to: RecordRef;
      typeId: number;
      category: string;
      isPrimary: boolean;
      removed: boolean;
    }
  | { kind: "listMembership"; at: number; listId: string; objectTypeId: string; recordId: string; removed: boolean };

/** Tells whoever listens what happened, at once and in order. Muted while sample data is laid down. */
export class ChangeFeed {
  private readonly listeners: ((event: FeedEvent) => void)[] = [];
  private mutes = 0;

  listen(listener: (event: FeedEvent) => void): void {
    this.listeners.push(listener);
  }

  emit(event: FeedEvent): void {
    if (this.mutes === 0) for (const listener of this.listeners) listener(event);
  }

  /** Nothing that `work` does is told. */
  muted<T>(work: () => T): T {
    this.mutes++;
    try {
      return work();
    } finally {
      this.mutes--;
    }
  }
}

/** Names of the properties whose values differ between two versions, the modification stamp left out. */
export function listChangedProperties(before: CrmRecord, after: CrmRecord, type: ObjectType): string[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  names.delete(type.modifiedProperty);
  return [...names].filter((name) => before.properties[name] !== after.properties[name]);
}
