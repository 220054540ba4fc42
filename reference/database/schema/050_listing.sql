-- The listing follows the rooms (L). An entry is always computed from the room's present state, never from what somebody
-- meant to write earlier; a write that fails is queued and done again, and never undoes the Go Live or End it belongs to (L6).
create schema live;
revoke all on schema live from public;

create table live.listing_sync_queue (
    room_id uuid primary key references public.live_rooms (id) on delete cascade,
    attempts integer not null default 1,
    last_error text not null,
    queued_at timestamptz not null default now()
);

-- Makes the entry of `p_room` what the room is now. Writes only where something differs. Raises whatever the write raises.
create function live.write_listing(p_room uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms;
    v_session public.live_room_sessions;
begin
    select * into v_room from public.live_rooms where id = p_room;
    select * into v_session from public.live_room_sessions
        where id = v_room.current_session_id and room_id = p_room and status in ('scheduled', 'lobby', 'live');

    if v_session.id is null or v_room.status not in ('scheduled', 'lobby', 'live') then
        select * into v_session from public.live_room_sessions where room_id = p_room order by created_at desc limit 1;
        update public.community_live_streams
            set status = case when v_session.status = 'cancelled' then 'cancelled' else 'ended' end,
                ended_at = greatest(started_at, least(v_session.ends_at, clock_timestamp())),
                viewer_count = 0,
                updated_at = clock_timestamp()
            where id = p_room and status in ('live', 'pending');
        return;
    end if;

    insert into public.community_live_streams as entry
        (id, title, created_by, status, started_at, ended_at, scheduled_for, stream_type, tags, access_level, viewer_count)
    values (
        p_room,
        coalesce(v_session.session_title, v_room.title),
        v_room.host_user_id,
        case when v_session.status = 'scheduled' then 'pending' else 'live' end,
        case v_session.status
            when 'live' then v_session.starts_at
            when 'lobby' then coalesce(v_session.lobby_open_at, v_session.starts_at)
        end,
        null,
        case when v_session.status = 'scheduled' then v_session.starts_at end,
        case when v_session.metadata ->> 'format' = 'audio' then 'audio' else 'video' end,
        v_session.topic_keys,
        v_session.access_level,
        (
            select count(*) from public.live_room_attendance a
            where a.session_id = v_session.id and a.role = 'guest' and a.lobby_status = 'admitted' and a.left_at is null
        )
    )
    on conflict (id) do update
        set title = excluded.title, created_by = excluded.created_by, status = excluded.status,
            started_at = excluded.started_at, ended_at = null, scheduled_for = excluded.scheduled_for,
            stream_type = excluded.stream_type, tags = excluded.tags, access_level = excluded.access_level,
            viewer_count = excluded.viewer_count, updated_at = clock_timestamp()
        where (entry.title, entry.created_by, entry.status, entry.started_at, entry.ended_at, entry.scheduled_for,
               entry.stream_type, entry.tags, entry.access_level, entry.viewer_count)
            is distinct from
              (excluded.title, excluded.created_by, excluded.status, excluded.started_at, null, excluded.scheduled_for,
               excluded.stream_type, excluded.tags, excluded.access_level, excluded.viewer_count);
end
$$;

-- Writes the entry of `p_room`, or queues it. True when it holds now. The caller has the room's row lock, which is what
-- keeps a queued room from being taken off the queue by one and put on it by another at the same time.
create function live.publish(p_room uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
    begin
        perform set_config('lock_timeout', '500', true); -- a listing that somebody has locked must not hold up an end
        perform live.write_listing(p_room);
        perform set_config('lock_timeout', '0', true);
        delete from live.listing_sync_queue where room_id = p_room;
        return true;
    exception when others then
        insert into live.listing_sync_queue as queued (room_id, last_error) values (p_room, sqlstate)
            on conflict (room_id) do update set attempts = queued.attempts + 1, last_error = excluded.last_error;
        return false;
    end;
end
$$;

create function live.queued_listings() returns uuid[]
language sql security definer set search_path = ''
as $$ select coalesce(array_agg(room_id order by queued_at), '{}') from live.listing_sync_queue $$;

-- Tries the queued entry of `p_room` again. True when it holds now; false when it failed again or the room is busy.
create function live.retry_listing(p_room uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
    perform from public.live_rooms where id = p_room for no key update skip locked;
    return found and live.publish(p_room);
end
$$;
