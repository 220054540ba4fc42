-- What the data API's callers may see and change (S1, S4). A member sees their tenant; a visitor sees what is publicly
-- listed; rows are changed by those whom they belong to, in the named columns only, and are never deleted.
revoke create on schema public from public;
revoke all on all tables in schema public from public;
grant usage on schema public to anon, authenticated, service_role;

alter table public.app_users enable row level security;
alter table public.live_rooms enable row level security;
alter table public.live_room_sessions enable row level security;
alter table public.live_room_attendance enable row level security;
alter table public.community_live_streams enable row level security;

-- The service key passes by a policy of its own, so that its role needs no attribute only a superuser can give.
grant all on all tables in schema public to service_role;
create policy service on public.app_users to service_role using (true) with check (true);
create policy service on public.live_rooms to service_role using (true) with check (true);
create policy service on public.live_room_sessions to service_role using (true) with check (true);
create policy service on public.live_room_attendance to service_role using (true) with check (true);
create policy service on public.community_live_streams to service_role using (true) with check (true);

-- Visitors.
grant select on public.community_live_streams to anon;
create policy visitors_see on public.community_live_streams for select to anon using (access_level = 'public');

grant select (user_id, display_name) on public.app_users to anon;
create policy visitors_see on public.app_users for select to anon
    using (exists (select from public.community_live_streams c where c.created_by = app_users.user_id));

grant select (id, title, status, host_user_id) on public.live_rooms to anon;
create policy visitors_see on public.live_rooms for select to anon
    using (exists (select from public.community_live_streams c where c.id = live_rooms.id));

-- Members: people.
grant select on public.app_users to authenticated;
create policy members_see on public.app_users for select to authenticated
    using (tenant_id = (select auth.tenant_id()));
grant update (display_name) on public.app_users to authenticated;
create policy members_rename_themselves on public.app_users for update to authenticated
    using (user_id = (select auth.uid()) and tenant_id = (select auth.tenant_id()));

-- Members: rooms.
grant select on public.live_rooms to authenticated;
create policy members_see on public.live_rooms for select to authenticated
    using (tenant_id = (select auth.tenant_id()));
grant update (title, status, current_session_id, host_present, access_level, topic_keys, room_name, room_slug,
    starts_at, ends_at, metadata, updated_at) on public.live_rooms to authenticated;
create policy hosts_change_theirs on public.live_rooms for update to authenticated
    using (host_user_id = (select auth.uid()) and tenant_id = (select auth.tenant_id()))
    with check (
        host_user_id = (select auth.uid())
        and tenant_id = (select auth.tenant_id())
        and (
            current_session_id is null
            or exists (select from public.live_room_sessions s where s.id = current_session_id and s.room_id = live_rooms.id)
        )
    );

-- Members: sessions.
grant select on public.live_room_sessions to authenticated;
create policy members_see on public.live_room_sessions for select to authenticated
    using (tenant_id = (select auth.tenant_id()));
grant insert on public.live_room_sessions to authenticated;
grant update (session_title, topic_keys, status, starts_at, ends_at, lobby_open_at, host_present, auto_admit,
    lobby_buffer_minutes, max_participants, access_level, metadata, updated_at) on public.live_room_sessions to authenticated;
create policy hosts_add_theirs on public.live_room_sessions for insert to authenticated
    with check (
        tenant_id = (select auth.tenant_id())
        and exists (select from public.live_rooms r where r.id = room_id and r.host_user_id = (select auth.uid()))
    );
create policy hosts_change_theirs on public.live_room_sessions for update to authenticated
    using (exists (select from public.live_rooms r where r.id = room_id and r.host_user_id = (select auth.uid())));

-- Members: attendance. A closed row stays as it is: a leave time is not rewritten, nobody who was put out comes back in.
grant select on public.live_room_attendance to authenticated;
create policy members_see on public.live_room_attendance for select to authenticated
    using (exists (select from public.live_rooms r where r.id = live_room_id));
grant update (left_at, disconnected_at, updated_at) on public.live_room_attendance to authenticated;
create policy guests_close_theirs on public.live_room_attendance for update to authenticated
    using (
        left_at is null
        and (
            user_id = (select auth.uid())
            or exists (select from public.live_rooms r where r.id = live_room_id and r.host_user_id = (select auth.uid()))
        )
    )
    with check (
        user_id = (select auth.uid())
        or exists (select from public.live_rooms r where r.id = live_room_id and r.host_user_id = (select auth.uid()))
    );

-- Members: the listing.
grant select on public.community_live_streams to authenticated;
create policy members_see on public.community_live_streams for select to authenticated
    using (exists (select from public.app_users u where u.user_id = created_by));
grant insert on public.community_live_streams to authenticated;
grant update (title, created_by, status, started_at, ended_at, scheduled_for, stream_type, tags, access_level,
    updated_at) on public.community_live_streams to authenticated;
create policy hosts_add_theirs on public.community_live_streams for insert to authenticated
    with check (
        created_by = (select auth.uid())
        and exists (select from public.live_rooms r where r.id = community_live_streams.id and r.host_user_id = (select auth.uid()))
    );
create policy hosts_change_theirs on public.community_live_streams for update to authenticated
    using (
        created_by = (select auth.uid())
        and exists (select from public.live_rooms r where r.id = community_live_streams.id and r.host_user_id = (select auth.uid()))
    );
