-- What the auth part may do: make an account, look one up, and keep refresh tokens.

-- The new account's id, or null where the e-mail is taken.
create function auth.sign_up(p_email text, p_password_hash text, p_meta jsonb, p_tenant uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
    v_id uuid;
begin
    insert into auth.users (email, password_hash, raw_user_meta_data, tenant_id)
        values (p_email, p_password_hash, p_meta, p_tenant)
        on conflict (email) do nothing
        returning id into v_id;
    if v_id is not null then
        insert into public.app_users (user_id, tenant_id, display_name)
            values (v_id, p_tenant, coalesce(p_meta ->> 'display_name', split_part(p_email, '@', 1)));
    end if;
    return v_id;
end
$$;

create function auth.account_of(p_email text) returns auth.users
language sql stable security definer set search_path = ''
as $$ select u from auth.users u where u.email = p_email $$;

create function auth.keep_refresh_token(p_user uuid, p_token_hash text) returns void
language sql security definer set search_path = ''
as $$ insert into auth.refresh_tokens (token_hash, user_id) values (p_token_hash, p_user) $$;

-- Uses a refresh token up, and returns whose it is. It can be used again for a few seconds: two tabs refresh at once.
create function auth.use_refresh_token(p_token_hash text) returns auth.users
language plpgsql security definer set search_path = ''
as $$
declare
    v_user uuid;
    v_account auth.users;
begin
    update auth.refresh_tokens set used_at = coalesce(used_at, now())
        where token_hash = p_token_hash and (used_at is null or used_at > now() - interval '10 seconds')
        returning user_id into v_user;
    select * into v_account from auth.users where id = v_user;
    return v_account;
end
$$;
