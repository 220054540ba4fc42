-- Writes that put a room into a state that no route leads to.

-- name: set_room(room_id, status, session_id, host_present)!
update live_rooms
set status = :status, current_session_id = (:session_id)::uuid, host_present = :host_present, updated_at = now()
where id = (:room_id)::uuid;

-- name: point_to_missing(room_id, status)!
-- A foreign key of today does not undo the dangling pointers of yesterday: they are written past it.
with past_constraints as (
  select set_config('session_replication_role', 'replica', true)
)
update live_rooms
set status = :status, current_session_id = gen_random_uuid(), host_present = true, updated_at = now()
from past_constraints
where id = (:room_id)::uuid;

-- name: add_session(room_id, title, status, starts_at, ended_at)
insert into live_room_sessions (room_id, tenant_id, session_title, status, starts_at, ends_at, host_present)
select id, tenant_id, :title, :status, :starts_at, :ended_at, true from live_rooms where id = (:room_id)::uuid
returning id::text as session_id;

-- name: add_attendance(session_id, account_id, role, joined_at, left_at, standing)!
insert into live_room_attendance
    (live_room_id, session_id, user_id, role, lobby_status, joined_at, left_at, disconnected_at)
select room_id, id, (:account_id)::uuid, :role, case :standing when 'waiting' then 'waiting' else 'admitted' end,
       :joined_at, :left_at, case :standing when 'disconnected' then (:joined_at)::timestamptz end
from live_room_sessions where id = (:session_id)::uuid;

-- name: set_listing(room_id, title, host_id, status, started_at, ended_at)!
insert into community_live_streams (id, title, created_by, status, started_at, ended_at, stream_type, access_level)
values ((:room_id)::uuid, :title, (:host_id)::uuid,
        case :status when 'upcoming' then 'pending' else :status end, :started_at, :ended_at, 'audio', 'public')
on conflict (id) do update
set title = excluded.title, status = excluded.status, started_at = excluded.started_at, ended_at = excluded.ended_at;

-- name: remove(accounts, rooms)!
-- Everything hangs on the accounts; what could stand alone is named as well.
with gone_entries as (
  delete from community_live_streams where id::text = any(:rooms) or created_by::text = any(:accounts)
), gone_attendance as (
  delete from live_room_attendance where live_room_id::text = any(:rooms) or user_id::text = any(:accounts)
), gone_rooms as (
  delete from live_rooms where id::text = any(:rooms) or host_user_id::text = any(:accounts)
)
delete from auth.users where id::text = any(:accounts);

-- name: forget(mark)!
-- The rooms of leased accounts stay; sessions and entries that bear the mark go.
with gone_entries as (
  delete from community_live_streams where title like '%' || :mark || '%'
)
delete from live_room_sessions where session_title like '%' || :mark || '%';

-- name: lock_room(room_id)
select id from live_rooms where id = (:room_id)::uuid for update;

-- name: second_room(room_id)!
-- Another room of the same host; the schema must refuse it.
insert into live_rooms (tenant_id, title, host_user_id, room_name, room_slug)
select tenant_id, title, host_user_id, room_name || '-again', room_slug || '-again'
from live_rooms where id = (:room_id)::uuid;

-- name: make_account(name, email)
-- An account that nobody signs in with: the population of a scratch database.
with person as (
  insert into auth.users (email, raw_user_meta_data)
  values (:email, jsonb_build_object('display_name', (:name)::text)) returning id
), profile as (
  insert into app_users (user_id, display_name) select id, :name from person
  on conflict (user_id) do nothing
)
select id::text as account_id, null as room_id from person;

-- name: make_room(account_id, title)
insert into live_rooms (title, host_user_id, room_name, room_slug)
values (:title, (:account_id)::uuid, :title, (:account_id)::text)
returning id::text as room_id;
