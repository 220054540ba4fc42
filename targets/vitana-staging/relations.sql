-- How staging's tables look as the five relations.

-- name: accounts()
select user_id::text as account_id, display_name::text as name, live_room_id::text as room_id
from public.app_users;

-- name: rooms()
select id::text as room_id, host_user_id::text as host_id, status::text as status,
       current_session_id::text as session_id, coalesce(host_present, false) as host_present
from public.live_rooms;

-- name: sessions()
-- ends_at is planned as well as kept: it is an end time only once the session is over.
select id::text as session_id, room_id::text as room_id, session_title::text as title, status::text as status,
       starts_at, case when status::text in ('ended', 'cancelled') then ends_at end as ended_at
from public.live_room_sessions;

-- name: attendance()
select session_id::text as session_id, user_id::text as account_id, role::text as role, joined_at, left_at
from public.live_room_attendance
where session_id is not null;

-- name: listing()
-- A scheduled entry is pending; one that was cancelled is over.
select id::text as room_id, title::text as title, created_by::text as host_id,
       case status::text when 'pending' then 'upcoming' when 'cancelled' then 'ended' else status::text end as status,
       started_at, ended_at
from public.community_live_streams;
