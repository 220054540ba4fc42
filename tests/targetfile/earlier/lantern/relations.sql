-- How Lantern's tables look as the five relations.

-- name: accounts()
select person_no::text as account_id, called as name, studio_no::text as room_id
from lantern.people;

-- name: rooms()
select studio_no::text as room_id, owner_no::text as host_id,
       case stage when 'ruhend' then 'idle' when 'geplant' then 'scheduled' when 'einlass' then 'lobby'
                  when 'sendung' then 'live' when 'beendet' then 'ended' when 'abgesagt' then 'cancelled' end as status,
       broadcast_no::text as session_id, owner_in as host_present
from lantern.studios;

-- name: sessions()
select broadcast_no::text as session_id, studio_no::text as room_id, headline as title,
       case air when 0 then 'scheduled' when 1 then 'lobby' when 2 then 'live'
                when 8 then 'cancelled' when 9 then 'ended' end as status,
       begins as starts_at, over_at as ended_at
from lantern.broadcasts;

-- name: attendance()
select broadcast_no::text as session_id, person_no::text as account_id,
       case when hosting then 'host' else 'guest' end as role, lower(stay) as joined_at, upper(stay) as left_at
from lantern.visits;

-- name: listing()
select studio_no::text as room_id, headline as title, host_no::text as host_id,
       case when till is not null then 'ended' when on_air then 'live' else 'upcoming' end as status,
       since as started_at, till as ended_at
from lantern.programme;
