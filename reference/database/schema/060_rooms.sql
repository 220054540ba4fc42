-- What every operation on a room starts with. One rule keeps them free of races and deadlocks: whoever changes anything
-- about a room locks the room's row first. A refusal is a value, {"code": ...}, and changes nothing.

create function live.refused(p_code text) returns jsonb
language sql immutable
as $$ select jsonb_build_object('code', p_code) $$;

create function live.is_open(p_status text) returns boolean
language sql immutable
as $$ select p_status in ('scheduled', 'lobby', 'live') $$;

-- Locks the room. The answer's id is null where there is none in this tenant.
-- "No key update" lets foreign keys that point to the room be checked meanwhile.
create function live.lock_room(p_room uuid, p_tenant uuid) returns public.live_rooms
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms;
begin
    select * into v_room from public.live_rooms where id = p_room and tenant_id = p_tenant for no key update;
    return v_room;
end
$$;

-- Why `p_caller` may not act as the room's host; null where they may.
create function live.host_refusal(p_room public.live_rooms, p_caller uuid) returns text
language sql immutable
as $$
    select case
        when (p_room).id is null then 'ROOM_NOT_FOUND'
        when (p_room).host_user_id <> p_caller then 'NOT_HOST'
    end
$$;

-- The open session that the room points to; its id is null where there is none.
create function live.current_session(p_room public.live_rooms) returns public.live_room_sessions
language sql stable security definer set search_path = ''
as $$
    select s from public.live_room_sessions s
    where s.id = (p_room).current_session_id and s.room_id = (p_room).id and s.status in ('scheduled', 'lobby', 'live')
$$;

-- Closes whatever of the room is open: sessions, and everyone inside. The first open session's id, or null.
-- A session that was to start later never did: its start becomes its end, so that no session ends before it starts (E2).
create function live.close_sessions(p_room public.live_rooms, p_outcome text, p_at timestamptz) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
    v_closed uuid;
begin
    select id into v_closed from public.live_room_sessions
        where room_id = (p_room).id and live.is_open(status)
        order by id = (p_room).current_session_id desc, created_at desc limit 1;
    update public.live_room_sessions
        set status = p_outcome, starts_at = least(starts_at, p_at), ends_at = p_at, host_present = false, updated_at = p_at
        where room_id = (p_room).id and live.is_open(status);
    -- The session that a stuck room still points to may be over, and yet not be closed properly.
    update public.live_room_sessions
        set starts_at = least(starts_at, coalesce(ends_at, p_at)), ends_at = coalesce(ends_at, p_at),
            host_present = false, updated_at = p_at
        where id = (p_room).current_session_id and room_id = (p_room).id and (ends_at is null or host_present);
    update public.live_room_attendance
        set left_at = greatest(joined_at, p_at), updated_at = p_at
        where live_room_id = (p_room).id and left_at is null;
    return v_closed;
end
$$;

-- Brings the locked room to rest: nothing open, nobody inside, idle, off the listing (E1 to E4).
-- Out: the session that this ended (the one the room pointed to, or the open one), and whether the listing holds.
create function live.rest_room(
    p_room public.live_rooms, p_outcome text, p_at timestamptz, out ended_session_id uuid, out listed boolean
)
language plpgsql security definer set search_path = ''
as $$
begin
    ended_session_id := live.close_sessions(p_room, p_outcome, p_at);
    ended_session_id := coalesce((p_room).current_session_id, ended_session_id);
    update public.live_rooms
        set status = 'idle', current_session_id = null, host_present = false, ends_at = p_at, updated_at = p_at
        where id = (p_room).id;
    listed := live.publish((p_room).id);
end
$$;

-- Whether nothing is left to bring to rest.
create function live.is_at_rest(p_room public.live_rooms) returns boolean
language sql stable security definer set search_path = ''
as $$
    select (p_room).status = 'idle' and (p_room).current_session_id is null and not (p_room).host_present
        and not exists (select from public.live_room_sessions s where s.room_id = (p_room).id and live.is_open(s.status))
        and not exists (select from public.live_room_attendance a where a.live_room_id = (p_room).id and a.left_at is null)
        and not exists (
            select from public.community_live_streams c where c.id = (p_room).id and c.status in ('live', 'pending')
        )
$$;

-- The two transitions that nobody asks for, made by the next request that meets them. Both take a locked room and
-- return it as it is afterwards.
create function live.expire(p_room public.live_rooms) returns public.live_rooms
language plpgsql security definer set search_path = ''
as $$
declare
    v_session public.live_room_sessions := live.current_session(p_room);
begin
    if v_session.status = 'live' and v_session.ends_at <= clock_timestamp() then
        perform live.rest_room(p_room, 'ended', v_session.ends_at);
        select * into p_room from public.live_rooms where id = p_room.id;
    end if;
    return p_room;
end
$$;

create function live.open_due_lobby(p_room public.live_rooms) returns public.live_rooms
language plpgsql security definer set search_path = ''
as $$
declare
    v_session public.live_room_sessions := live.current_session(p_room);
begin
    if v_session.status = 'scheduled'
        and v_session.starts_at - make_interval(mins => v_session.lobby_buffer_minutes) <= clock_timestamp()
    then
        p_room := live.enter_lobby(p_room, v_session.id);
    end if;
    return p_room;
end
$$;

create function live.enter_lobby(p_room public.live_rooms, p_session uuid) returns public.live_rooms
language plpgsql security definer set search_path = ''
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update public.live_room_sessions set status = 'lobby', lobby_open_at = v_now, updated_at = v_now where id = p_session;
    update public.live_rooms set status = 'lobby', updated_at = v_now where id = p_room.id returning * into p_room;
    perform live.publish(p_room.id);
    return p_room;
end
$$;

-- Locks the room and makes the transitions that are due.
create function live.enter_room(p_room uuid, p_tenant uuid) returns public.live_rooms
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
begin
    if v_room.id is null then
        return v_room;
    end if;
    return live.open_due_lobby(live.expire(v_room));
end
$$;

-- POST /rooms: the caller's one room (D1, D3): {"room", "created"}. Many first visits at once queue at the person's row.
create function live.provide_room(p_caller uuid, p_tenant uuid, p_wanted jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_person public.app_users;
    v_room public.live_rooms;
    v_id uuid := gen_random_uuid();
    v_created boolean := false;
begin
    select * into v_person from public.app_users where user_id = p_caller and tenant_id = p_tenant for no key update;
    if v_person.user_id is null then
        return live.refused('UNAUTHENTICATED');
    end if;
    select * into v_room from public.live_rooms where host_user_id = p_caller;
    if v_room.id is null then
        insert into public.live_rooms
            (id, tenant_id, title, host_user_id, access_level, topic_keys, room_name, room_slug, starts_at, metadata)
        values (
            v_id, p_tenant, p_wanted ->> 'title', p_caller, p_wanted ->> 'access_level',
            array(select jsonb_array_elements_text(p_wanted -> 'topic_keys')),
            p_wanted ->> 'title', 'room-' || left(v_id::text, 13),
            (p_wanted ->> 'starts_at')::timestamptz, p_wanted -> 'metadata'
        ) returning * into v_room;
        v_created := true;
    end if;
    if v_person.live_room_id is distinct from v_room.id then
        update public.app_users set live_room_id = v_room.id, updated_at = now() where user_id = p_caller;
    end if;
    return jsonb_build_object('room', to_jsonb(v_room), 'created', v_created);
end
$$;
