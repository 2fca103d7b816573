-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connection_id_object_lead_field_key" ON "field_mapping"("connection_id", "object", "lead_field");

-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connection_id_object_contact_field_key" ON "field_mapping"("connection_id", "object", "contact_field");
