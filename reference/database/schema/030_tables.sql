-- The five tables of the contract. What ties a room's status to its session is kept by the functions of schema `live`,
-- not by a constraint: the states that older software left behind have to be storable, so that they can be repaired.
create table public.app_users (
    user_id uuid primary key references auth.users (id) on delete cascade,
    tenant_id uuid not null default '00000000-0000-0000-0000-000000000001',
    display_name text not null,
    live_room_id uuid unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table public.live_rooms (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null default '00000000-0000-0000-0000-000000000001',
    title text not null,
    host_user_id uuid not null unique references public.app_users (user_id) on delete cascade,
    status text not null default 'idle' check (status in ('idle', 'scheduled', 'lobby', 'live', 'ended', 'cancelled')),
    current_session_id uuid,
    host_present boolean not null default false,
    access_level text not null default 'public' check (access_level in ('public', 'group')),
    topic_keys text[] not null default '{}',
    room_name text,
    room_slug text unique,
    starts_at timestamptz,
    ends_at timestamptz,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table public.live_room_sessions (
    id uuid primary key default gen_random_uuid(),
    room_id uuid not null references public.live_rooms (id) on delete cascade,
    tenant_id uuid not null default '00000000-0000-0000-0000-000000000001',
    session_title text,
    topic_keys text[] not null default '{}',
    status text not null default 'scheduled' check (status in ('scheduled', 'lobby', 'live', 'ended', 'cancelled')),
    starts_at timestamptz not null,
    ends_at timestamptz,
    lobby_open_at timestamptz,
    host_present boolean not null default false,
    auto_admit boolean not null default true,
    lobby_buffer_minutes integer not null default 15 check (lobby_buffer_minutes between 0 and 60),
    max_participants integer not null default 100 check (max_participants between 1 and 10000),
    access_level text not null default 'public' check (access_level in ('public', 'group')),
    metadata jsonb not null default '{}',
    idempotency_key text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index one_open_session_a_room on public.live_room_sessions (room_id)
    where status in ('scheduled', 'lobby', 'live');
-- A key is the host's own: one that another host happens to use means nothing here.
create unique index one_session_a_key on public.live_room_sessions (room_id, idempotency_key)
    where idempotency_key is not null;
create index on public.live_room_sessions (room_id, created_at desc);

alter table public.live_rooms add constraint current_session_exists
    foreign key (current_session_id) references public.live_room_sessions (id)
    on delete set null deferrable initially immediate;
create index on public.live_rooms (current_session_id) where current_session_id is not null;

alter table public.app_users add constraint linked_room_exists
    foreign key (live_room_id) references public.live_rooms (id) on delete set null deferrable initially immediate;

create table public.live_room_attendance (
    id uuid primary key default gen_random_uuid(),
    live_room_id uuid not null references public.live_rooms (id) on delete cascade,
    session_id uuid not null references public.live_room_sessions (id) on delete cascade,
    user_id uuid not null references public.app_users (user_id) on delete cascade,
    role text not null default 'guest' check (role in ('host', 'guest')),
    lobby_status text not null default 'admitted' check (lobby_status in ('waiting', 'admitted', 'rejected')),
    joined_at timestamptz not null default now(),
    left_at timestamptz check (left_at >= joined_at),
    is_banned boolean not null default false,
    disconnected_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index inside_once_a_session on public.live_room_attendance (session_id, user_id) where left_at is null;
create index on public.live_room_attendance (live_room_id) where left_at is null;
create index on public.live_room_attendance (session_id);
create index on public.live_room_attendance (user_id);

-- The legacy listing: no foreign key to rooms, as entries may outlive them.
create table public.community_live_streams (
    id uuid primary key default gen_random_uuid(),
    title text not null,
    created_by uuid not null references public.app_users (user_id) on delete cascade,
    status text not null default 'pending' check (status in ('pending', 'live', 'ended', 'cancelled')),
    started_at timestamptz,
    ended_at timestamptz,
    scheduled_for timestamptz,
    stream_type text not null default 'video' check (stream_type in ('audio', 'video')),
    tags text[] not null default '{}',
    access_level text not null default 'public' check (access_level in ('public', 'group')),
    viewer_count integer not null default 0 check (viewer_count >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index on public.community_live_streams (created_by);
create index on public.community_live_streams (status) where status in ('pending', 'live');
