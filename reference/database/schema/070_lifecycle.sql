-- Going live, ending, cancelling, opening the lobby.

-- Exactly one of any number of simultaneous calls gets past the room's lock while it is idle (C1). An orphaned open
-- session of an idle room is closed on the way (R5). Out: {"session_id", "status", "idempotent", "listed"}.
create function live.go_live(p_caller uuid, p_tenant uuid, p_room uuid, p_wanted jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_session public.live_room_sessions;
    v_now timestamptz := clock_timestamp();
    v_starts timestamptz := (p_wanted ->> 'starts_at')::timestamptz;
    v_status text;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    select * into v_session from public.live_room_sessions
        where room_id = p_room and idempotency_key = p_wanted ->> 'idempotency_key';
    if v_session.id is not null then
        return jsonb_build_object(
            'session_id', v_session.id, 'status', v_session.status, 'idempotent', true, 'listed', true
        );
    end if;
    v_room := live.expire(v_room);
    if v_room.status <> 'idle' then
        return live.refused('ROOM_NOT_IDLE');
    end if;

    -- A second of grace, as the clock of the one who asks may be a little ahead of this one.
    v_status := case
        when v_starts > v_now + interval '1 second' then 'scheduled'
        when (p_wanted ->> 'auto_admit')::boolean then 'live'
        else 'lobby'
    end;
    begin
        perform live.close_sessions(v_room, 'ended', v_now);
        insert into public.live_room_sessions
            (room_id, tenant_id, session_title, topic_keys, status, starts_at, ends_at, lobby_open_at, auto_admit,
             lobby_buffer_minutes, max_participants, access_level, metadata, idempotency_key)
        values (
            p_room, p_tenant, p_wanted ->> 'session_title',
            array(select jsonb_array_elements_text(p_wanted -> 'topic_keys')), v_status,
            case when v_status = 'scheduled' then v_starts else least(v_starts, v_now) end,
            (p_wanted ->> 'ends_at')::timestamptz,
            case when v_status = 'lobby' then v_now end,
            (p_wanted ->> 'auto_admit')::boolean, (p_wanted ->> 'lobby_buffer_minutes')::integer,
            (p_wanted ->> 'max_participants')::integer, coalesce(p_wanted ->> 'access_level', v_room.access_level),
            p_wanted -> 'metadata', p_wanted ->> 'idempotency_key'
        ) returning * into v_session;
    exception when unique_violation then
        -- Somebody wrote an open session past the gateway, at this very moment; what was closed above is undone.
        return live.refused('ROOM_NOT_IDLE');
    end;
    update public.live_rooms
        set status = v_status, current_session_id = v_session.id, host_present = false,
            starts_at = v_session.starts_at, ends_at = v_session.ends_at, updated_at = v_now
        where id = p_room;
    return jsonb_build_object(
        'session_id', v_session.id, 'status', v_status, 'idempotent', false, 'listed', live.publish(p_room)
    );
end
$$;

-- Ends whatever the room has going; of two at once the second meets an idle room (E9, E12). A room that is stuck in any
-- status but idle is freed. Out: {"ended_session_id", "listed"}.
create function live.end_room(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_rest record;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    v_room := live.expire(v_room);
    if v_room.status = 'idle' then
        return live.refused('INVALID_STATE');
    end if;
    v_rest := live.rest_room(v_room, 'ended', clock_timestamp());
    return to_jsonb(v_rest);
end
$$;

-- As an end, but the session counts as cancelled (E13). Needs a session that the room points to.
create function live.cancel(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_rest record;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    v_room := live.expire(v_room);
    if (live.current_session(v_room)).id is null then
        return live.refused('NO_ACTIVE_SESSION');
    end if;
    v_rest := live.rest_room(v_room, 'cancelled', clock_timestamp());
    return to_jsonb(v_rest);
end
$$;

-- Scheduled to lobby before its time; nothing to do where the lobby is open already. Out: {"status"}.
create function live.open_lobby(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_session public.live_room_sessions;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    v_session := live.current_session(live.expire(v_room));
    if v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    elsif v_session.status = 'live' then
        return live.refused('INVALID_STATE');
    elsif v_session.status = 'scheduled' then
        perform live.enter_lobby(v_room, v_session.id);
    end if;
    return jsonb_build_object('status', 'lobby');
end
$$;

-- What the data API offers the page when the gateway refuses (R1) or fails (E7): all of it or nothing, host only,
-- and a room at rest stays exactly as it is.
create function live.bring_to_rest(p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms;
    v_ended uuid;
    v_changed boolean := false;
begin
    select * into v_room from public.live_rooms r
        where r.id = p_room
            and (auth.role() = 'service_role' or (r.host_user_id = auth.uid() and r.tenant_id = auth.tenant_id()))
        for no key update;
    if v_room.id is null then
        raise exception using errcode = '42501', message = 'only the host can do this';
    end if;
    if not live.is_at_rest(v_room) then
        v_ended := (live.rest_room(v_room, 'ended', clock_timestamp())).ended_session_id;
        v_changed := true;
    end if;
    return jsonb_build_object('room_id', p_room, 'status', 'idle', 'ended_session_id', v_ended, 'changed', v_changed);
end
$$;

create function public.reset_live_room(p_room_id uuid) returns jsonb
language sql volatile security definer set search_path = ''
as $$ select live.bring_to_rest(p_room_id) $$;

create function public.end_live_room(p_room_id uuid) returns jsonb
language sql volatile security definer set search_path = ''
as $$ select live.bring_to_rest(p_room_id) $$;
