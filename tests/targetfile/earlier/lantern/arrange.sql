-- Writes that put a studio into a state that no route leads to.

-- name: set_room(room_id, status, session_id, host_present)!
update lantern.studios
set stage = (case :status when 'idle' then 'ruhend' when 'scheduled' then 'geplant' when 'lobby' then 'einlass'
                          when 'live' then 'sendung' when 'ended' then 'beendet' else 'abgesagt' end)::lantern.stage,
    broadcast_no = (:session_id)::bigint, owner_in = :host_present
where studio_no = (:room_id)::bigint;

-- name: point_to_missing(room_id, status)!
-- Written past the foreign key, which older rows may not have known.
with past_constraints as (
  select set_config('session_replication_role', 'replica', true)
)
update lantern.studios
set stage = (case :status when 'scheduled' then 'geplant' when 'lobby' then 'einlass' when 'live' then 'sendung'
                          when 'ended' then 'beendet' else 'abgesagt' end)::lantern.stage,
    broadcast_no = 9007199254740993, owner_in = true
from past_constraints
where studio_no = (:room_id)::bigint;

-- name: add_session(room_id, title, status, starts_at, ended_at)
insert into lantern.broadcasts (studio_no, headline, kind, air, begins, over_at)
values ((:room_id)::bigint, :title, 'ton',
        case :status when 'scheduled' then 0 when 'lobby' then 1 when 'live' then 2 when 'cancelled' then 8 else 9 end,
        :starts_at, :ended_at)
returning broadcast_no::text as session_id;

-- name: add_attendance(session_id, account_id, role, joined_at, left_at)!
insert into lantern.visits (broadcast_no, person_no, hosting, stay)
values ((:session_id)::bigint, (:account_id)::bigint, :role = 'host',
        tstzrange(:joined_at, :left_at, case when (:left_at)::timestamptz is null then '[)' else '[]' end));

-- name: set_listing(room_id, title, host_id, status, started_at, ended_at)!
insert into lantern.programme (studio_no, headline, host_no, on_air, since, till)
values ((:room_id)::bigint, :title, (:host_id)::bigint, :status = 'live', :started_at,
        case when :status = 'ended' then (:ended_at)::timestamptz end)
on conflict (studio_no) do update
set headline = excluded.headline, on_air = excluded.on_air, since = excluded.since, till = excluded.till;

-- name: remove(accounts, rooms)!
with gone as (
  delete from lantern.studios where studio_no::text = any(:rooms)
)
delete from lantern.people where person_no::text = any(:accounts);

-- name: lock_room(room_id)
select studio_no::text as room_id from lantern.studios where studio_no = (:room_id)::bigint for update;

-- name: second_room(room_id)!
-- Another studio of the same host; the schema must refuse it.
insert into lantern.studios (name, owner_no)
select name, owner_no from lantern.studios where studio_no = (:room_id)::bigint;
