"""All checks, in the order in which they are carried out."""

from __future__ import annotations

from greenroom.doctor.check import DoctorCheck
from greenroom.doctor.checks import clean_up, file, services
from greenroom.doctor.checks.capabilities import data_api, declared, migration, restart, write_faults
from greenroom.doctor.checks.database import arrangements, clocks, connection, relations
from greenroom.doctor.checks.operations import delayed_sessions, described, ids, limiter, own_room, session, wishes
from greenroom.doctor.checks.pages import (
    browser,
    end_room,
    failures,
    fallback,
    go_live,
    left_live,
    listing,
    page_sign_in,
    readiness,
    recovery,
    room_lookup,
    selectors,
    viewer,
)
from greenroom.doctor.checks.people import another_tenant, members, pool, sign_in

CHECKS: tuple[DoctorCheck, ...] = (
    file.check_target_file,
    file.check_secrets,
    file.check_known_failures,
    file.check_files_beside,
    services.check_launch,
    services.check_network,
    services.check_addresses,
    services.check_probe,
    connection.check_connection,
    relations.check_relations,
    clocks.check_clocks,
    members.check_members,
    sign_in.check_sign_in,
    pool.check_pool,
    another_tenant.check_another_tenant,
    described.check_described,
    own_room.check_own_room,
    session.check_session,
    ids.check_ids,
    limiter.check_limiter,
    arrangements.check_arrangements,
    browser.check_browser,
    selectors.check_selectors,
    page_sign_in.check_page_sign_in,
    listing.check_listing,
    failures.check_failing_go_live,
    go_live.check_go_live,
    viewer.check_viewer,
    viewer.check_visitor,
    listing.check_entry,
    failures.check_failing_lookup,
    failures.check_failing_end,
    readiness.check_listing_ready,
    readiness.check_viewer_ready,
    fallback.check_fallback,
    end_room.check_end_room,
    recovery.check_recovery,
    room_lookup.check_failing_room_lookup,
    left_live.check_left_live,
    delayed_sessions.check_schedule,
    delayed_sessions.check_lobby,
    delayed_sessions.check_private,
    wishes.check_wishes,
    data_api.check_data_api,
    write_faults.check_write_faults,
    migration.check_migration,
    restart.check_restart,
    declared.check_capabilities,
    clean_up.check_removal,
)
