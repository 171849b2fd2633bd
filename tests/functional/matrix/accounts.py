# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Log-in, accounts, people, the audit log, the admin, and the addresses for machines."""

from tests.functional.matrix import page, person, row, table

NEW = {"email": "new@example.org", "name": "New", "language": "nl", "role-0": "steering-group", "why": "tests"}
CHANGE = {"name": "Erin", "language": "en", "role-0": "steering-group", "why": "tests"}

# fmt: off
ROWS = table(
    #                                                     visitor alice charlie bob dave erin frank grace
    row("healthz",                                   get="200"),
    row("readyz",                                    get="200"),
    row("security_txt",                              get="200"),
    row("robots_txt",                                get="200"),
    row("root",                                      get="302"),

    # One's own account; force_login leaves nobody recently authenticated, so that staff are asked again.
    #                                                     visitor alice charlie bob dave erin frank grace
    row("account",                                   get="302     200   200     200 200  200  200   200",
                                                    post="302     302   302     302 302  302  302   302",
        data={"name": "Somebody", "language": "en"}),
    row("account_login",                             get="200     302   302     302 302  302  302   302",
                                                    post="200     302   302     302 302  302  302   302",
        data={"login": "nobody@example.org", "password": "wrong"}),
    row("account_logout",                            get="302     200   200     200 200  200  200   200",
                                                    post="302"),
    row("account_inactive",                          get="200"),
    row("account_signup",                            get="200     302   302     302 302  302  302   302",
                                                    post="200     302   302     302 302  302  302   302"),
    row("account_reauthenticate",                    get="302     403   403     403 302  403  302   302"),
    row("account_email",                             get="302     200   200     200 200  200  200   200"),
    row("account_email_verification_sent",           get="200"),
    row("account_confirm_email", {"key": "none"},    get="200"),
    row("account_change_password",                   get="302"),
    row("account_set_password",                      get="302     200   200     200 200  200  200   200"),
    row("account_reset_password",                    get="200", post="302", data={"email": "alice@example.org"}),
    row("account_reset_password_done",               get="200"),
    row("account_reset_password_from_key",
        {"uidb36": "1", "key": "no-key"},            get="200"),
    row("account_reset_password_from_key_done",      get="200"),

    # Second step: staff of the cast have one, the others do not.
    #                                                     visitor alice charlie bob dave erin frank grace
    row("mfa_index",                                 get="302     200   200     200 200  200  200   200"),
    row("mfa_authenticate",                          get="302"),
    row("mfa_reauthenticate",                        get="302     403   403     403 200  403  200   200"),
    row("mfa_activate_totp",                         get="302     200   200     200 302  200  302   302"),
    row("mfa_deactivate_totp",                       get="302     404   404     404 302  404  302   302"),
    row("mfa_list_webauthn",                         get="302     200   200     200 200  200  200   200"),
    row("mfa_add_webauthn",                          get="302     200   200     200 302  200  302   302"),
    row("mfa_edit_webauthn",   {"pk": 0},            get="302     404   404     404 302  404  302   302"),
    row("mfa_remove_webauthn", {"pk": 0},            get="302     404   404     404 302  404  302   302"),
    row("mfa_login_webauthn",                        get="302"),
    row("mfa_reauthenticate_webauthn",               get="302     403   403     403 302  403  302   302"),
    row("mfa_view_recovery_codes",                   get="302     404   404     404 404  404  404   404"),
    row("mfa_generate_recovery_codes",               get="302     200   200     200 302  200  302   302"),
    row("mfa_download_recovery_codes",               get="302     404   404     404 404  404  404   404"),

    # OpenID Connect: the tests know no provider.
    #                                                     visitor alice charlie bob dave erin frank grace
    row("socialaccount_connections",                 get="302     200   200     200 200  200  200   200"),
    row("socialaccount_signup",                      get="302"),
    row("socialaccount_login_cancelled",             get="200"),
    row("socialaccount_login_error",                 get="401"),
    row("openid_connect_login",    {"provider_id": "none"}, get="404"),
    row("openid_connect_callback", {"provider_id": "none"}, get="404"),

    # People: programme office and administrator. Only the latter touches an administrator or data steward.
    #                                                     visitor alice charlie bob dave erin frank grace
    page("people",                                   get="302     403   403     403 200  403  403   200"),
    row("person_add",                                get="302     403   403     403 200  403  403   200",
                                                    post="302     403   403     403 302  403  403   302", data=NEW),
    row("person",        {"pk": person("erin")},     get="302     403   403     403 200  403  403   200",
                                                    post="302     403   403     403 302  403  403   302", data=CHANGE),
    row("person",        {"pk": person("frank")},    get="302     403   403     403 200  403  403   200",
                                                    post="302     403   403     403 200  403  403   302",
        data={**CHANGE, "role-0": "data-steward"}),
    row("person",        {"pk": 0},                  get="302     403   403     403 404  403  403   404"),
    row("person_access", {"pk": person("erin")},     get="302     403   403     403 405  403  403   405",
                                                    post="302     403   403     403 302  403  403   302",
        data={"why": "tests"}),
    row("person_invite", {"pk": person("erin")},     get="302     403   403     403 405  403  403   405",
                                                    post="302     403   403     403 302  403  403   302"),

    # The audit log: data steward and administrator.
    #                                                     visitor alice charlie bob dave erin frank grace
    page("audit",                                    get="302     403   403     403 403  403  200   200"),

    # Django's admin: administrators, to look.
    #                                                     visitor alice charlie bob dave erin frank grace
    row("admin:index",                               get="302     302   302     302 302  302  302   200"),
    row("admin:login",                               get="302     403   403     403 403  403  403   403"),
    row("admin:core_person_changelist",              get="302     302   302     302 302  302  302   200"),
    row("admin:core_person_add",                     get="302     302   302     302 302  302  302   403"),
    row("admin:core_person_change",
        {"object_id": person("erin")},               get="302     302   302     302 302  302  302   200",
                                                    post="302     302   302     302 302  302  302   403"),
    row("admin:core_person_delete",
        {"object_id": person("erin")},               get="302     302   302     302 302  302  302   403",
                                                    post="302     302   302     302 302  302  302   403"),
    row("admin:core_auditevent_changelist",          get="302     302   302     302 302  302  302   200"),
    row("admin:core_membership_changelist",          get="302     302   302     302 302  302  302   200"),
    row("admin:core_organisation_changelist",        get="302     302   302     302 302  302  302   200"),
    row("admin:core_source_changelist",              get="302     302   302     302 302  302  302   200"),
    row("admin:password_change",                     get="302"),
)
# fmt: on
