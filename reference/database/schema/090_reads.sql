-- What the gateway answers to a question. Transitions that are due are made first, so an answer is never out of date.

-- GET /rooms/:id/state.
create function live.room_state(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms;
    v_session public.live_room_sessions;
    v_viewer public.live_room_attendance;
begin
    select * into v_room from public.live_rooms where id = p_room and tenant_id = p_tenant;
    if v_room.id is null then
        return live.refused('ROOM_NOT_FOUND');
    end if;
    select * into v_session from public.live_room_sessions where id = v_room.current_session_id;
    if (v_session.status = 'live' and v_session.ends_at <= clock_timestamp()) or (
        v_session.status = 'scheduled'
        and v_session.starts_at - make_interval(mins => v_session.lobby_buffer_minutes) <= clock_timestamp()
    ) then
        v_room := live.enter_room(p_room, p_tenant); -- a lock only where a transition is due
        v_session := null;
        select * into v_session from public.live_room_sessions where id = v_room.current_session_id;
    end if;
    select * into v_viewer from public.live_room_attendance
        where session_id = v_session.id and user_id = p_caller
        order by left_at is null desc, joined_at desc limit 1;
    return jsonb_build_object(
        'room', jsonb_build_object(
            'id', v_room.id, 'title', v_room.title, 'status', v_room.status, 'room_name', v_room.room_name,
            'room_slug', v_room.room_slug, 'host_user_id', v_room.host_user_id, 'host_present', v_room.host_present,
            'access_level', v_room.access_level, 'current_session_id', v_room.current_session_id
        ),
        'session', case when v_session.id is not null then to_jsonb(v_session) - 'idempotency_key' end,
        'counts', (
            select jsonb_build_object(
                'lobby_waiting', count(*) filter (where a.lobby_status = 'waiting'),
                'in_room', count(*) filter (where a.lobby_status = 'admitted')
            )
            from public.live_room_attendance a where a.session_id = v_session.id and a.left_at is null
        ),
        'viewer', case when v_viewer.id is not null or v_room.host_user_id = p_caller then jsonb_build_object(
            'role', coalesce(v_viewer.role, 'host'),
            'lobby_status', coalesce(v_viewer.lobby_status, 'admitted'),
            'is_banned', coalesce(v_viewer.is_banned, false)
        ) end
    );
end
$$;

-- GET /rooms/me.
create function live.my_room(p_caller uuid, p_tenant uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room uuid;
begin
    select id into v_room from public.live_rooms where host_user_id = p_caller and tenant_id = p_tenant;
    if v_room is null then
        return live.refused('NO_ROOM');
    end if;
    return live.room_state(p_caller, p_tenant, v_room);
end
$$;

-- GET /rooms/:id/sessions, newest first.
create function live.room_sessions(p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.enter_room(p_room, p_tenant);
begin
    if v_room.id is null then
        return live.refused('ROOM_NOT_FOUND');
    end if;
    return jsonb_build_object('sessions', coalesce((
        select jsonb_agg(to_jsonb(s) - 'idempotency_key' order by s.created_at desc, s.id) from public.live_room_sessions s
        where s.room_id = p_room
    ), '[]'));
end
$$;

-- GET /rooms/:id/lobby: who waits, first come first. For the host.
create function live.lobby(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.enter_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    return jsonb_build_object('waiting', coalesce((
        select jsonb_agg(
            jsonb_build_object('user_id', a.user_id, 'display_name', u.display_name, 'joined_at', a.joined_at)
            order by a.joined_at
        )
        from public.live_room_attendance a join public.app_users u using (user_id)
        where a.session_id = v_room.current_session_id and a.left_at is null and a.lobby_status = 'waiting'
    ), '[]'));
end
$$;
