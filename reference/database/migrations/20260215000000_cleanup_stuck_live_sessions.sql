-- Cleanup of stuck live rooms and sessions. Safe to run at any time, and any number of times.
--
-- It ends sessions that never got past their lobby and began over two hours ago, resets rooms that are not idle without an
-- open session behind them (and idle ones that still point to a session), closes attendance in sessions that are over, and
-- takes entries off the listing that no open session stands behind. Rooms that are well are not touched, whatever their age.
--
-- One block, so that all of it happens or nothing. The rooms concerned are locked first, in the order of their ids: a host
-- who goes live or ends at the same moment comes before or after, and every condition is looked at again under the lock.
do $$
declare
    v_now timestamptz := clock_timestamp();
    v_rooms uuid[];
    v_stuck uuid[];
    v_count integer;
    v_sessions integer := 0;
    v_reset integer := 0;
    v_streams integer := 0;
begin
    select coalesce(array_agg(locked.id), '{}') into v_rooms from (
        select r.id from public.live_rooms r
        where r.status <> 'idle'
            or r.current_session_id is not null
            or r.host_present
            or exists (
                select from public.live_room_sessions s
                where s.room_id = r.id and s.status in ('lobby', 'scheduled') and s.starts_at < v_now - interval '2 hours'
            )
            or exists (
                select from public.live_room_attendance a join public.live_room_sessions s on s.id = a.session_id
                where s.room_id = r.id and a.left_at is null and s.status in ('ended', 'cancelled')
            )
            or exists (
                select from public.community_live_streams c where c.id = r.id and c.status in ('live', 'pending')
            )
        order by r.id
        for no key update of r
    ) locked;
    v_now := clock_timestamp();

    update public.live_room_sessions s
        set status = 'ended', ends_at = v_now, host_present = false, updated_at = v_now
        where s.room_id = any (v_rooms)
            and s.status in ('lobby', 'scheduled') and s.starts_at < v_now - interval '2 hours';
    get diagnostics v_count = row_count;
    v_sessions := v_sessions + v_count;

    select coalesce(array_agg(r.id), '{}') into v_stuck from public.live_rooms r
        where r.id = any (v_rooms)
            and case
                when r.status = 'idle' then r.current_session_id is not null
                when r.status in ('ended', 'cancelled') then true
                else not exists (
                    select from public.live_room_sessions s
                    where s.id = r.current_session_id and s.status in ('scheduled', 'lobby', 'live')
                )
            end;

    -- An open session of a room that is reset would be left without a room.
    update public.live_room_sessions s
        set status = 'ended', starts_at = least(s.starts_at, v_now), ends_at = v_now, host_present = false, updated_at = v_now
        where s.room_id = any (v_stuck) and s.status in ('scheduled', 'lobby', 'live');
    get diagnostics v_count = row_count;
    v_sessions := v_sessions + v_count;
    raise notice 'Ended % stuck sessions', v_sessions;

    update public.live_room_attendance a
        set left_at = greatest(a.joined_at, least(s.ends_at, v_now)), updated_at = v_now
        from public.live_room_sessions s
        where s.id = a.session_id and s.room_id = any (v_rooms)
            and s.status in ('ended', 'cancelled') and a.left_at is null;

    update public.live_rooms r
        set status = 'idle', current_session_id = null, host_present = false, updated_at = v_now
        where r.id = any (v_stuck);
    get diagnostics v_reset = row_count;
    raise notice 'Reset % stuck rooms to idle', v_reset;

    -- Not stuck, and yet nobody can be present in a room at rest.
    update public.live_rooms r set host_present = false, updated_at = v_now
        where r.id = any (v_rooms) and r.status = 'idle' and r.host_present;

    update public.community_live_streams c
        set status = 'ended', ended_at = greatest(c.started_at, v_now), updated_at = v_now
        where c.status in ('live', 'pending')
            and (c.id = any (v_rooms) or not exists (select from public.live_rooms r where r.id = c.id))
            and not exists (
                select from public.live_rooms r join public.live_room_sessions s on s.id = r.current_session_id
                where r.id = c.id and r.status in ('scheduled', 'lobby', 'live') and s.status in ('scheduled', 'lobby', 'live')
            );
    get diagnostics v_streams = row_count;
    raise notice 'Synced % stuck streams to ended', v_streams;
end
$$;
