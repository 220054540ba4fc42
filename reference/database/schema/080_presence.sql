-- Who is inside: joining, leaving, the host's presence, and what a host does about guests.

-- Opens `p_user`'s attendance row, or takes up the one that is open. Returns the row.
create function live.come_in(p_session public.live_room_sessions, p_user uuid, p_role text, p_lobby_status text)
returns public.live_room_attendance
language plpgsql security definer set search_path = ''
as $$
declare
    v_row public.live_room_attendance;
begin
    update public.live_room_attendance set disconnected_at = null
        where session_id = p_session.id and user_id = p_user and left_at is null
        returning * into v_row;
    if v_row.id is null then
        insert into public.live_room_attendance (live_room_id, session_id, user_id, role, lobby_status, joined_at)
            values (p_session.room_id, p_session.id, p_user, p_role, p_lobby_status, clock_timestamp())
            returning * into v_row;
    end if;
    return v_row;
end
$$;

-- Writes the room's and the session's flag where it differs.
create function live.mark_host(p_room uuid, p_session uuid, p_present boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.live_rooms set host_present = p_present, updated_at = clock_timestamp()
        where id = p_room and host_present <> p_present;
    update public.live_room_sessions set host_present = p_present, updated_at = clock_timestamp()
        where id = p_session and host_present <> p_present;
end
$$;

-- Whether the session has as many people inside as it takes.
create function live.is_full(p_session public.live_room_sessions) returns boolean
language sql stable security definer set search_path = ''
as $$
    select count(*) >= (p_session).max_participants from public.live_room_attendance a
    where a.session_id = (p_session).id and a.left_at is null and a.lobby_status = 'admitted'
$$;

-- A guest is admitted at once where the session is live or admits by itself in its lobby, and waits otherwise.
-- Out: {"attendance_id", "session_id", "role", "lobby_status"}.
create function live.join_room(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.enter_room(p_room, p_tenant);
    v_session public.live_room_sessions;
    v_row public.live_room_attendance;
    v_admitted boolean;
begin
    if v_room.id is null then
        return live.refused('ROOM_NOT_FOUND');
    end if;
    v_session := live.current_session(v_room);
    if v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    end if;
    if v_room.host_user_id = p_caller then
        v_row := live.come_in(v_session, p_caller, 'host', 'admitted');
        perform live.mark_host(p_room, v_session.id, true);
    else
        if exists (
            select from public.live_room_attendance a
            where a.live_room_id = p_room and a.user_id = p_caller and a.is_banned
        ) then
            return live.refused('BANNED');
        end if;
        v_admitted := v_session.status = 'live' or (v_session.status = 'lobby' and v_session.auto_admit);
        if v_admitted and live.is_full(v_session) and not exists (
            select from public.live_room_attendance a
            where a.session_id = v_session.id and a.user_id = p_caller and a.left_at is null
        ) then
            return live.refused('ROOM_FULL');
        end if;
        v_row := live.come_in(v_session, p_caller, 'guest', case when v_admitted then 'admitted' else 'waiting' end);
        perform live.publish(p_room);
    end if;
    return jsonb_build_object(
        'attendance_id', v_row.id, 'session_id', v_session.id, 'role', v_row.role, 'lobby_status', v_row.lobby_status
    );
end
$$;

-- `p_disconnected`: the connection was lost, and may come back; else the person left. Out: {"session_id"}.
create function live.leave_room(p_caller uuid, p_tenant uuid, p_room uuid, p_disconnected boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.enter_room(p_room, p_tenant);
    v_session public.live_room_sessions;
begin
    if v_room.id is null then
        return live.refused('ROOM_NOT_FOUND');
    end if;
    v_session := live.current_session(v_room);
    if v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    end if;
    update public.live_room_attendance
        set left_at = case when p_disconnected then null else greatest(joined_at, clock_timestamp()) end,
            disconnected_at = case when p_disconnected then clock_timestamp() else disconnected_at end,
            updated_at = clock_timestamp()
        where session_id = v_session.id and user_id = p_caller and left_at is null;
    if not found then
        return live.refused('NOT_IN_ROOM');
    end if;
    if v_room.host_user_id = p_caller then
        perform live.mark_host(p_room, v_session.id, false);
    end if;
    perform live.publish(p_room);
    return jsonb_build_object('session_id', v_session.id);
end
$$;

-- host-present and host-absent, each as often as one likes. Out: {"host_present"}.
create function live.set_host_present(p_caller uuid, p_tenant uuid, p_room uuid, p_present boolean) returns jsonb
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
    v_room := live.open_due_lobby(live.expire(v_room));
    v_session := live.current_session(v_room);
    if p_present and v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    elsif p_present then
        perform live.come_in(v_session, p_caller, 'host', 'admitted');
    else
        update public.live_room_attendance
            set left_at = greatest(joined_at, clock_timestamp()), updated_at = clock_timestamp()
            where live_room_id = p_room and user_id = p_caller and left_at is null;
    end if;
    perform live.mark_host(p_room, v_session.id, p_present);
    return jsonb_build_object('host_present', p_present);
end
$$;

-- admit, reject, kick and ban, of one guest. A ban holds for the room, in later sessions too. Out: {"user_id"}.
create function live.moderate(p_caller uuid, p_tenant uuid, p_room uuid, p_guest uuid, p_action text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_session public.live_room_sessions;
    v_row public.live_room_attendance;
    v_now timestamptz;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    elsif p_guest = v_room.host_user_id then
        return live.refused('NOT_A_GUEST');
    end if;
    v_session := live.current_session(live.open_due_lobby(live.expire(v_room)));
    if v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    end if;
    -- The row that is open, else the latest.
    select * into v_row from public.live_room_attendance
        where session_id = v_session.id and user_id = p_guest
        order by left_at is null desc, joined_at desc limit 1;
    if v_row.id is null or (v_row.left_at is not null and p_action <> 'ban') then
        return live.refused('NOT_IN_ROOM');
    elsif p_action = 'admit' and v_row.lobby_status <> 'admitted' and live.is_full(v_session) then
        return live.refused('ROOM_FULL');
    elsif p_action = 'reject' and v_row.lobby_status = 'admitted' then
        return live.refused('INVALID_STATE');
    end if;
    v_now := clock_timestamp();
    update public.live_room_attendance
        set lobby_status = case p_action when 'admit' then 'admitted' when 'reject' then 'rejected' else lobby_status end,
            left_at = case when p_action = 'admit' then left_at else coalesce(left_at, greatest(joined_at, v_now)) end,
            is_banned = is_banned or p_action = 'ban',
            updated_at = v_now
        where id = v_row.id;
    perform live.publish(p_room);
    return jsonb_build_object('user_id', p_guest);
end
$$;

-- Everyone who waits, first come first, as far as there is room. Out: {"admitted"}, a count.
create function live.admit_all(p_caller uuid, p_tenant uuid, p_room uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_room public.live_rooms := live.lock_room(p_room, p_tenant);
    v_refusal text := live.host_refusal(v_room, p_caller);
    v_session public.live_room_sessions;
    v_admitted integer;
begin
    if v_refusal is not null then
        return live.refused(v_refusal);
    end if;
    v_session := live.current_session(live.open_due_lobby(live.expire(v_room)));
    if v_session.id is null then
        return live.refused('NO_ACTIVE_SESSION');
    end if;
    update public.live_room_attendance set lobby_status = 'admitted', updated_at = clock_timestamp()
        where id in (
            select a.id from public.live_room_attendance a
            where a.session_id = v_session.id and a.left_at is null and a.lobby_status = 'waiting'
            order by a.joined_at
            limit v_session.max_participants - (
                select count(*) from public.live_room_attendance i
                where i.session_id = v_session.id and i.left_at is null and i.lobby_status = 'admitted'
            )
        );
    get diagnostics v_admitted = row_count;
    perform live.publish(p_room);
    return jsonb_build_object('admitted', v_admitted);
end
$$;
