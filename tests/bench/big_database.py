"""Many rooms in a database with the reference's tables, healthy but for some of each kind that is not."""

from __future__ import annotations

import psycopg

_FILL = (
    """insert into auth.users (id, email) select gen_random_uuid(), 'p' || n || '@example.test'
       from generate_series(1, %(rooms)s) n""",
    "insert into public.app_users (user_id, display_name) select id, 'Person ' || email from auth.users",
    """insert into public.live_rooms (title, host_user_id, status)
       select 'Room', user_id,
              case when random() < 0.01 then 'live' when random() < 0.005 then 'scheduled' else 'idle' end
       from public.app_users""",
    "update public.app_users u set live_room_id = r.id from public.live_rooms r where r.host_user_id = u.user_id",
    """insert into public.live_room_sessions (room_id, session_title, status, starts_at, ends_at)
       select id, 'Talk', 'ended', now() - n * interval '3 hours', now() - n * interval '3 hours' + interval '1 hour'
       from public.live_rooms, generate_series(1, %(sessions)s) n""",
    """insert into public.live_room_sessions (room_id, session_title, status, starts_at)
       select id, 'Talk', status, now() - interval '1 hour' from public.live_rooms where status <> 'idle'""",
    """update public.live_rooms r set current_session_id = s.id, host_present = r.status = 'live'
       from public.live_room_sessions s where s.room_id = r.id and s.status = r.status""",
    """insert into public.live_room_attendance (live_room_id, session_id, user_id, role, joined_at, left_at)
       select r.id, s.id, r.host_user_id, 'host', s.starts_at, s.ends_at
       from public.live_room_sessions s join public.live_rooms r on r.id = s.room_id""",
    """insert into public.community_live_streams (id, title, created_by, status, started_at, ended_at)
       select r.id, 'Talk', r.host_user_id,
              case status when 'live' then 'live' when 'scheduled' then 'pending' else 'ended' end,
              now() - interval '1 hour', case when r.status = 'idle' then now() end
       from public.live_rooms r""",
)  # fmt: skip
_SPOIL = (
    """update public.live_rooms r set status = 'lobby', current_session_id =
         (select s.id from public.live_room_sessions s where s.room_id = r.id and s.status = 'ended' limit 1)
       where r.id in (select id from public.live_rooms where status = 'idle' limit %(wrong)s)""",
    """update public.live_rooms set status = 'ended', current_session_id = null
       where id in (select id from public.live_rooms where status = 'idle' order by id limit %(wrong)s)""",
    """update public.live_room_attendance set left_at = null
       where id in (select id from public.live_room_attendance where left_at is not null limit %(wrong)s)""",
    """update public.community_live_streams set status = 'ended', ended_at = null
       where id in (select id from public.community_live_streams where status = 'live' limit %(wrong)s)""",
)  # fmt: skip


def fill(dsn: str, rooms: int, *, sessions: int = 1, wrong: int = 25) -> None:
    """So many rooms, each with so many sessions that are over, everybody's attendance, and an entry in the listing.

    `wrong` rooms point to a session that is over, as many are over themselves; as many people were left inside, and as
    many live rooms are listed as ended, without their end time.
    """
    values = {"rooms": rooms, "sessions": sessions, "wrong": wrong}
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "set session_replication_role = replica"
        )  # the rows are right: no key of theirs is looked up
        for statement in (*_FILL, *_SPOIL):
            connection.execute(statement.encode(), values)
        connection.execute("vacuum analyze")
