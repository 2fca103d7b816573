-- A search that finds many is walked in the order of name: with the text in the index no row has to be fetched on the way.
-- Partial, so that it stays apart from what prisma/schema.prisma describes; every record has a text.
CREATE INDEX "sync_record_name_search_idx" ON "sync_record" ("connection_id", "object", "display_name", "id")
  INCLUDE ("search_text", "state", "lease_until") WHERE "search_text" <> '';
