-- How the reference's tables look as the five relations.

-- name: accounts()
select user_id::text as account_id, display_name as name, live_room_id::text as room_id
from app_users;

-- name: rooms()
select id::text as room_id, host_user_id::text as host_id, status, current_session_id::text as session_id, host_present
from live_rooms;

-- name: sessions()
select id::text as session_id, room_id::text as room_id, session_title as title, status, starts_at,
       case when status in ('ended', 'cancelled') then ends_at end as ended_at
from live_room_sessions;

-- name: attendance()
select session_id::text as session_id, user_id::text as account_id, role, joined_at, left_at
from live_room_attendance;

-- name: listing()
select id::text as room_id, title, created_by::text as host_id,
       case status when 'pending' then 'upcoming' when 'cancelled' then 'ended' else status end as status,
       started_at, ended_at
from community_live_streams;
