-- Writes that put a room of @NAME@ into a state that no route leads to, and the one that removes what a run made.
-- Read where [database] says access = "write". Take the comment marks off one after the other: `greenroom doctor` tries
-- each in a transaction that is rolled back. What is left out makes the scenarios that need it not applicable.
-- A name ends with ! where nothing is returned; in its brackets stand the parameters that the query uses. Statuses are the canonical ones; null stands for none.

-- -- name: set_room(room_id, status, session_id, host_present)!
-- update rooms set status = :status, session = :session_id, host_present = :host_present where id::text = :room_id;

-- -- name: point_to_missing(room_id, status)!
-- -- Points the room to a session that does not exist, where the schema lets that be.
-- update rooms set status = :status, session = gen_random_uuid() where id::text = :room_id;

-- -- name: add_session(room_id, title, status, starts_at, ended_at)
-- insert into sessions (room, title, status, starts_at, ended_at)
-- values (:room_id, :title, :status, :starts_at, :ended_at)
-- returning id::text as session_id;

-- -- name: add_attendance(session_id, account_id, role, joined_at, left_at)!
-- insert into attendance (session, person, role, joined_at, left_at)
-- values (:session_id, :account_id, :role, :joined_at, :left_at);

-- -- name: set_listing(room_id, title, host_id, status, started_at, ended_at)!
-- insert into listing (room, title, host, status, started_at, ended_at)
-- values (:room_id, :title, :host_id, :status, :started_at, :ended_at)
-- on conflict (room) do update set title = excluded.title, status = excluded.status;

-- -- name: remove(accounts, rooms)!
-- -- Accounts and rooms are lists of ids; everything that hangs on them goes with them.
-- with gone_rooms as (
--   delete from rooms where id::text = any(:rooms)
-- )
-- delete from people where id::text = any(:accounts);

-- -- name: forget(mark)!
-- -- Where people are leased: sessions and entries whose title holds the mark go, the rooms stay.
-- delete from sessions where position(:mark in title) > 0;

-- -- name: lock_room(room_id)
-- select id::text as room_id from rooms where id::text = :room_id for update;

-- -- name: second_room(room_id)!
-- -- Another room of the same host, which the schema should refuse.
-- insert into rooms (host) select host from rooms where id::text = :room_id;

-- -- name: expire_sign_ins(account_id)
-- -- Where proofs say nothing by themselves, and the database knows until when each is good.
-- update tokens set expires = now() - interval '10 minutes' where owner::text = :account_id
-- returning owner::text as account_id;
-- -- Where no column says whose they are: expire_sign_ins(account_id, proofs), and ... where key = any(:proofs)
-- -- returning :account_id as account_id;

-- -- name: make_account(name, email)
-- -- Where people are made by SQL (then password, too), in a clone for the migration, and for a crowd.
-- insert into people (name, email) values (:name, :email) returning id::text as account_id, null as room_id;

-- -- name: make_account_elsewhere(name, email)
-- -- Of another tenant, where no request of [people.elsewhere] makes one.
-- insert into people (name, email, tenant) values (:name, :email, 2) returning id::text as account_id, null as room_id;

-- -- name: make_room(account_id, title)
-- insert into rooms (host, title) values (:account_id, :title) returning id::text as room_id;
