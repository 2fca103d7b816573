import { notFound, validationError } from "./errors";

/** The root folder, which every portal has and nobody can change. */
const ROOT = "0";

type Folder = { id: string; name: string; parentFolderId: string; createdAt: number; updatedAt: number };
export type SavedFolders = { folders: Folder[]; places: [listId: string, folderId: string][]; nextId: number };
type FolderTree = {
  id: string;
  name: string;
  parentFolderId: string;
  createdAt: string;
  updatedAt: string;
  childNodes: FolderTree[];
  childLists: number[];
};

/** Folders of lists: a tree below the root, and in which folder each list lies. */
export class ListFolders {
  private readonly folders = new Map<string, Folder>();
  private readonly places: Map<string, string>;
  private nextId: number;

  constructor(
    private readonly now: () => number,
    saved?: SavedFolders,
  ) {
    this.nextId = saved?.nextId ?? 1;
    this.places = new Map(saved?.places);
    for (const folder of saved?.folders ?? []) this.folders.set(folder.id, folder);
  }

  /** Throws 404 for an unknown parent. */
  create(name: string, parentFolderId = ROOT): FolderTree {
    this.refuseUnknown(parentFolderId);
    const id = String(this.nextId);
    this.nextId += 1;
    const at = this.now();
    this.folders.set(id, { id, name, parentFolderId, createdAt: at, updatedAt: at });
    return this.show(id);
  }

  rename(id: string, name: string): FolderTree {
    this.folders.set(id, { ...this.get(id), name, updatedAt: this.now() });
    return this.show(id);
  }

  /** Throws 400 when a folder would come to lie in itself. */
  move(id: string, parentFolderId: string): FolderTree {
    this.refuseUnknown(parentFolderId);
    for (let up = parentFolderId; up !== ROOT; up = this.get(up).parentFolderId) {
      if (up === id) throw validationError("A folder cannot be moved into itself.");
    }
    this.folders.set(id, { ...this.get(id), parentFolderId, updatedAt: this.now() });
    return this.show(id);
  }

  /** Throws 400 for a folder that is not empty. */
  remove(id: string): void {
    this.get(id);
    const { childNodes, childLists } = this.show(id);
    if (childNodes.length + childLists.length > 0) throw validationError("Only empty folders can be deleted.");
    this.folders.delete(id);
  }

  moveList(listId: string, folderId: string): void {
    this.refuseUnknown(folderId);
    if (folderId === ROOT) this.places.delete(listId);
    else this.places.set(listId, folderId);
  }

  /** A folder with all that lies below it. Throws 404. */
  show(id = ROOT): FolderTree {
    const made = new Date(0).toISOString();
    const root = { id: ROOT, name: "root", parentFolderId: ROOT, createdAt: made, updatedAt: made };
    const { createdAt, updatedAt, ...folder } = id === ROOT ? root : this.get(id);
    const inside = [...this.folders.values()].filter((one) => one.parentFolderId === id);
    return {
      ...folder,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      childNodes: inside.map((one) => this.show(one.id)),
      childLists: [...this.places].filter(([, place]) => place === id).map(([listId]) => Number(listId)),
    };
  }

  /** The folder in which a list lies. */
  find(listId: string): { id: string; name: string } {
    const id = this.places.get(listId);
    return id === undefined ? { id: ROOT, name: "root" } : this.get(id);
  }

  save(): SavedFolders {
    return { folders: [...this.folders.values()], places: [...this.places], nextId: this.nextId };
  }

  private get(id: string): Folder {
    const folder = this.folders.get(id);
    if (!folder) throw notFound({ folderId: [id] });
    return folder;
  }

  private refuseUnknown(id: string): void {
    if (id !== ROOT) this.get(id);
  }
}
