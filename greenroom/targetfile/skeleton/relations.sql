-- How the tables of @NAME@ look as the five relations: plain SELECTs over its own tables, read once [database] is there.
-- Ids are text: cast them. Times are timestamptz. Statuses are those below: a case maps the target's own words to them.

-- name: accounts()
-- Everybody, with the id of their own room or null.
select CHANGE_ME::text as account_id, CHANGE_ME as name, CHANGE_ME::text as room_id
from CHANGE_ME_accounts;

-- name: rooms()
-- status: idle, scheduled, lobby, live, ended, cancelled. session_id: the current one, or null.
select CHANGE_ME::text as room_id, CHANGE_ME::text as host_id, CHANGE_ME as status, CHANGE_ME::text as session_id,
       CHANGE_ME as host_present
from CHANGE_ME_rooms;

-- name: sessions()
-- status: scheduled, lobby, live, ended, cancelled. ended_at: null while it is not over.
select CHANGE_ME::text as session_id, CHANGE_ME::text as room_id, CHANGE_ME as title, CHANGE_ME as status,
       CHANGE_ME as starts_at, CHANGE_ME as ended_at
from CHANGE_ME_sessions;

-- name: attendance()
-- role: host or guest. left_at: null while somebody is inside.
select CHANGE_ME::text as session_id, CHANGE_ME::text as account_id, CHANGE_ME as role, CHANGE_ME as joined_at,
       CHANGE_ME as left_at
from CHANGE_ME_attendance;

-- name: listing()
-- One row an entry. status: upcoming, live, ended.
select CHANGE_ME::text as room_id, CHANGE_ME as title, CHANGE_ME::text as host_id, CHANGE_ME as status,
       CHANGE_ME as started_at, CHANGE_ME as ended_at
from CHANGE_ME_listing;
