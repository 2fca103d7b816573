import { querySql } from "../world/engine";

const FIRST =
  "'Anna','Ben','Chloe','David','Emma','Frank','Grace','Hugo','Ines','Jack','Kana','Liam','Maria','Noah','Olivia','Paul','Quinn','Rosa','Sven','Tara','浩','健一','花子','太郎','結衣','美咲','翔','陽菜','直樹','由美'";
const LAST =
  "'Adams','Baker','Carter','Dubois','Evans','Fischer','Garcia','Hansen','Ivanova','Jansen','Keller','Lopez','Miller','Novak','Olsen','Petrov','Quirke','Rossi','Schmidt','Tanaka','田中','佐藤','鈴木','高橋','伊藤','渡辺','山本','中村','小林','加藤'";
const COMPANY =
  "'Northwind Ltd','Harbour & Hill','Larkspur Foods','Pinnacle Logistics','Bluebird Energy','株式会社東海製作所','新星電機株式会社','Copperfield Health','Juniper Works','瑞穂建設株式会社'";
const ERRORS =
  "'validation_rule','required_field_missing','picklist_value_not_found','value_too_long','duplicate_rule','field_permission','invalid_email','row_locked'";
const REASONS =
  "'no_email','another_record_is_linked','not_in_inclusion_list','filtered_out','creation_in_salesforce_off'";

/**
 * `count` contacts as a year of syncing leaves them: 89 % in sync, 1 % failing with an open error, 9 % excluded, 1 % due;
 * names of two scripts, both sides' values as last in step.
 */
export async function seedContacts(databaseUrl: string, connectionId: string, count: number): Promise<void> {
  // Built at the end, as after a restore: row by row they would take most of the time.
  const indexes = await querySql<{ indexname: string; indexdef: string }>(
    databaseUrl,
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'sync_record' AND indexdef NOT LIKE 'CREATE UNIQUE%'",
  );
  for (const { indexname } of indexes) await querySql(databaseUrl, `DROP INDEX "${indexname}"`);
  await querySql(databaseUrl, seedRecords(connectionId, count));
  for (const { indexdef } of indexes) await querySql(databaseUrl, indexdef);
  await querySql(
    databaseUrl,
    `INSERT INTO sync_error (connection_id, id, record_id, object, type, category, side, fields, remote_message, retry)
     SELECT connection_id, gen_random_uuid(), id, object, error_type, 'validation', 'salesforce', '[{"field":"Title","value":"VP"}]', 'Spell it out.', 'waits'
     FROM sync_record WHERE connection_id = '${connectionId}' AND error_type IS NOT NULL`,
  );
  await querySql(databaseUrl, "VACUUM (ANALYZE) sync_record");
  await querySql(databaseUrl, "VACUUM (ANALYZE) sync_error");
}

function seedRecords(connectionId: string, count: number): string {
  return `
    INSERT INTO sync_record (connection_id, id, object, hubspot_id, salesforce_id, salesforce_type, state, exclusion_reason, error_type, email,
      display_name, company, search_text, hubspot_base, salesforce_base, requested_version, synced_version, last_synced_at, hubspot_stamp, salesforce_stamp)
    SELECT '${connectionId}', gen_random_uuid(), 'contact', s.hubspot_id, s.salesforce_id, CASE WHEN n % 3 = 0 THEN 'Contact' ELSE 'Lead' END, s.state,
      CASE WHEN s.state = 'excluded' THEN (ARRAY[${REASONS}])[1 + n % 5] END, CASE WHEN s.state = 'failing' THEN (ARRAY[${ERRORS}])[1 + (n / 100) % 8] END, s.email,
      s.name, s.company, lower(concat_ws(' ', s.name, s.company, s.email, s.hubspot_id, s.salesforce_id)),
      jsonb_build_object('email', s.email, 'firstname', s.name, 'company', s.company, 'phone', '+81 90 ' || n, 'jobtitle', 'Head of Operations', 'city', 'Nagoya',
        'country', 'Japan', 'website', 'https://www.example.com/' || n, 'industry', 'Manufacturing', 'hubspot_owner_id', '71550001', 'lifecyclestage', 'lead'),
      jsonb_build_object('Email', s.email, 'LastName', s.name, 'Company', s.company, 'Phone', '+81 90 ' || n, 'Title', 'Head of Operations', 'City', 'Nagoya',
        'Country', 'Japan', 'Website', 'https://www.example.com/' || n, 'Industry', 'Manufacturing', 'OwnerId', '005Kh0000000001IAA'),
      2, CASE WHEN s.state = 'due' THEN 1 ELSE 2 END, CASE WHEN s.state IN ('in_sync', 'failing') THEN now() - (n % 7776000) * interval '1 second' END,
      now() - interval '1 day', now() - interval '1 day'
    FROM (
      SELECT n, f || ' ' || l AS name, (ARRAY[${COMPANY}])[1 + n % 10] AS company,
        lower(CASE WHEN f ~ '^[A-Z]' THEN f ELSE chr(97 + n % 26) || 'k' END || '.' || CASE WHEN l ~ '^[A-Z]' THEN l ELSE chr(97 + n % 23) || 'mo' END)
          || n || '@' || chr(97 + n % 26) || 'orp' || n % 1000 || '.example' AS email,
        (20000000000 + n)::text AS hubspot_id, '00QKh' || lpad(n::text, 10, '0') || 'MAA' AS salesforce_id,
        CASE WHEN n % 100 = 0 THEN 'failing' WHEN n % 100 = 1 THEN 'due' WHEN n % 100 < 11 THEN 'excluded' ELSE 'in_sync' END AS state
      FROM (SELECT n, (ARRAY[${FIRST}])[1 + ((n % 9973) * 7919) % 30] AS f, (ARRAY[${LAST}])[1 + (n / 30) % 30] AS l FROM generate_series(1, ${count}) AS n) AS named
    ) AS s`;
}
