-- Who may call what. Everything not named here can be called by the owner only.
revoke all on all functions in schema live, auth, public from public;
grant execute on function auth.claims(), auth.uid(), auth.tenant_id(), auth.role()
    to anon, authenticated, service_role;
grant execute on function public.reset_live_room(uuid), public.end_live_room(uuid) to authenticated, service_role;

grant execute on function auth.sign_up(text, text, jsonb, uuid), auth.account_of(text),
    auth.keep_refresh_token(uuid, text), auth.use_refresh_token(text) to auth_admin;

grant usage on schema live to gateway;
grant execute on function
    live.provide_room(uuid, uuid, jsonb),
    live.go_live(uuid, uuid, uuid, jsonb),
    live.end_room(uuid, uuid, uuid),
    live.cancel(uuid, uuid, uuid),
    live.open_lobby(uuid, uuid, uuid),
    live.join_room(uuid, uuid, uuid),
    live.leave_room(uuid, uuid, uuid, boolean),
    live.set_host_present(uuid, uuid, uuid, boolean),
    live.moderate(uuid, uuid, uuid, uuid, text),
    live.admit_all(uuid, uuid, uuid),
    live.room_state(uuid, uuid, uuid),
    live.my_room(uuid, uuid),
    live.room_sessions(uuid, uuid),
    live.lobby(uuid, uuid, uuid),
    live.queued_listings(),
    live.retry_listing(uuid)
    to gateway;
