// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.identity.UserStatus;
import java.util.List;

/** Users that may sign in. */
public final class UserView {

    /** One user. */
    public static final View<UserStatus> USER = View.<UserStatus>of("user", "A user that may sign in.")
            .text("name", "the name", UserStatus::name)
            .texts(
                    "roles",
                    "the roles that list the user; without one the user may do nothing",
                    user -> user.roles().stream().sorted().toList())
            .instant("createdAt", "when the user was added", UserStatus::createdAt)
            .text("createdBy", "by whom", UserStatus::createdBy)
            .instant("passwordAt", "since when the password is this one", UserStatus::passwordAt)
            .instant(
                    "disabledAt?", "since when the user may not sign in; null if the user may", UserStatus::disabledAt);

    /** All users. */
    public static final View<List<UserStatus>> USERS = View.<List<UserStatus>>of("users", "All users that may sign in.")
            .list("users", USER, "each user, by name", users -> users);

    private UserView() {}
}
