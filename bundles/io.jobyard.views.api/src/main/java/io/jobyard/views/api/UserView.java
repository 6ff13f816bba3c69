// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.identity.UserStatus;
import java.util.List;

/** Views of users who may sign in. */
public final class UserView {

    /** One user. */
    public static final View<UserStatus> USER = View.<UserStatus>of("user", "A user who may sign in.")
            .text("name", "user name", UserStatus::name)
            .texts(
                    "roles",
                    "roles of the user; without a role, the user has no permissions",
                    user -> user.roles().stream().sorted().toList())
            .instant("createdAt", "time at which the user was added", UserStatus::createdAt)
            .text("createdBy", "caller who added the user", UserStatus::createdBy)
            .instant("passwordAt", "time of the latest password change", UserStatus::passwordAt)
            .instant(
                    "disabledAt?",
                    "time since which the user has been disabled; null if enabled",
                    UserStatus::disabledAt);

    /** All users. */
    public static final View<List<UserStatus>> USERS = View.<List<UserStatus>>of("users", "All users who may sign in.")
            .list("users", USER, "the users, by name", users -> users);

    private UserView() {}
}
