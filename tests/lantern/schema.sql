-- Lantern's tables. What ties a studio's stage to its broadcast is kept by lifecycle.py under the studio's row lock.

create schema lantern;
set local search_path = lantern;

-- At rest, announced, doors open, on air; the last two are what a breakdown may leave behind.
create type stage as enum ('ruhend', 'geplant', 'einlass', 'sendung', 'beendet', 'abgesagt');

create table people (
    person_no bigint generated always as identity primary key,
    login text not null unique,
    called text not null check (called <> ''),
    salt bytea not null,
    secret bytea not null,
    studio_no bigint unique
);

create table passes (
    seal bytea primary key,
    person_no bigint not null references people on delete cascade,
    issued timestamptz not null default now()
);

create table studios (
    studio_no bigint generated always as identity primary key,
    name text not null,
    owner_no bigint not null unique references people on delete cascade,
    stage stage not null default 'ruhend',
    broadcast_no bigint,
    owner_in boolean not null default false
);
alter table people add foreign key (studio_no) references studios on delete set null;

-- `air` is 0 announced, 1 doors open, 2 on air, 8 called off, 9 over (stages.py).
create table broadcasts (
    broadcast_no bigint generated always as identity primary key,
    studio_no bigint not null references studios on delete cascade,
    headline text not null,
    kind text not null check (kind in ('ton', 'bild')),
    air smallint not null check (air in (0, 1, 2, 8, 9)),
    begins timestamptz not null,
    over_at timestamptz check (over_at >= begins),
    request_key text,
    check ((air >= 8) = (over_at is not null)),
    unique (broadcast_no, studio_no),
    unique (studio_no, request_key)
);
create unique index one_open_broadcast on broadcasts (studio_no) where air < 8;

-- A studio can point to a broadcast of its own only.
alter table studios add foreign key (broadcast_no, studio_no) references broadcasts (broadcast_no, studio_no)
    on delete set null (broadcast_no);

create table visits (
    visit_no bigint generated always as identity primary key,
    broadcast_no bigint not null references broadcasts on delete cascade,
    person_no bigint not null references people on delete cascade,
    hosting boolean not null,
    stay tstzrange not null check (not isempty(stay) and not lower_inf(stay))
);
create unique index one_open_visit on visits (broadcast_no, person_no) where upper_inf(stay);

-- What the public sees: one line a studio, its latest broadcast. Taken off when `till` is set.
create table programme (
    studio_no bigint primary key references studios on delete cascade,
    headline text not null,
    host_no bigint not null references people on delete cascade,
    on_air boolean not null,
    since timestamptz not null,
    till timestamptz
);
