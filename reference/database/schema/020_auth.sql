-- Who people are: accounts, refresh tokens, and the claims of the request that is being served.
create schema auth;

create table auth.users (
    id uuid primary key default gen_random_uuid(),
    email text not null unique check (email = lower(email)),
    password_hash text,
    raw_user_meta_data jsonb not null default '{}',
    tenant_id uuid not null default '00000000-0000-0000-0000-000000000001',
    created_at timestamptz not null default now()
);

create table auth.refresh_tokens (
    token_hash text primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    used_at timestamptz
);
create index on auth.refresh_tokens (user_id);

create function auth.claims() returns jsonb
language sql stable
as $$ select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;

create function auth.uid() returns uuid
language sql stable
as $$ select nullif(auth.claims() ->> 'sub', '')::uuid $$;

create function auth.tenant_id() returns uuid
language sql stable
as $$ select nullif(auth.claims() ->> 'tenant_id', '')::uuid $$;

create function auth.role() returns text
language sql stable
as $$ select auth.claims() ->> 'role' $$;

revoke all on schema auth from public;
grant usage on schema auth to anon, authenticated, service_role, auth_admin;
