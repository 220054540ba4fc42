-- Roles belong to the whole server, which may already have them: each is made only where it is missing.
-- anon, authenticated, service_role: whom a request of the data API acts as.
-- authenticator: what the data API logs in as. gateway, auth_admin: what these two parts log in as.
do $$
declare
    v_role text;
    -- From version 16 on, who makes a role may grant it, but is not yet allowed to act as it.
    v_acting text := case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end;
begin
    foreach v_role in array array['anon', 'authenticated', 'service_role', 'authenticator', 'gateway', 'auth_admin'] loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
                execute format('create role %I noinherit', v_role);
            end if;
        exception when duplicate_object or unique_violation then
            null; -- another start made it in the meantime
        end;
    end loop;

    foreach v_role in array array['authenticator', 'gateway', 'auth_admin'] loop
        if not (select rolcanlogin from pg_catalog.pg_roles where rolname = v_role) then
            execute format('alter role %I login', v_role);
        end if;
        -- An owner who is no superuser has to be a member to act as the role.
        if not pg_has_role(current_user, v_role, v_acting) then
            execute format('grant %I to current_user', v_role);
        end if;
    end loop;

    foreach v_role in array array['anon', 'authenticated', 'service_role'] loop
        if not pg_has_role('authenticator', v_role, 'member') then
            execute format('grant %I to authenticator', v_role);
        end if;
    end loop;
end
$$;
