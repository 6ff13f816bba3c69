// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Views of the caller. */
public final class CallerView {

    /** The caller. */
    public static final View<KnownCaller> CALLER = View.<KnownCaller>of("caller", "The caller and its permissions.")
            .text("name", "name, as shown for its jobs", known -> known.caller().name())
            .text(
                    "kind",
                    "`user`, `administrator`, `bundle`, `sql` or `job`",
                    known -> known.caller().kind().name().toLowerCase(Locale.ROOT))
            .texts("permissions", "permissions of the caller", KnownCaller::permissions)
            .text("token?", "name of the token in use; null without one", KnownCaller::token)
            .text("session?", "ID of the session in use; null without one", KnownCaller::session)
            .text("behind?", "user or bundle that acts as this caller; null without one", KnownCaller::behind);

    private CallerView() {}

    /**
     * A caller with its permissions.
     *
     * @param permissions the names of the caller's permissions
     * @param session the id of the caller's session; null without a session
     */
    public record KnownCaller(
            Caller caller,
            List<String> permissions,
            @Nullable String session) {

        public KnownCaller {
            permissions = List.copyOf(permissions);
        }

        /**
         * Returns the permissions of a caller.
         *
         * @param access decides what the caller may do
         * @param session the id of the caller's session; null without a session
         * @return the caller with its permissions
         */
        public static KnownCaller of(Caller caller, Access access, @Nullable String session) {
            SortedSet<Permission> permissions = new TreeSet<>();
            for (AccessRule operation : AccessRule.values()) {
                for (boolean isOwn : new boolean[] {true, false}) {
                    if (access.allows(caller, operation, isOwn)) {
                        permissions.add(operation.needs(isOwn));
                    }
                }
            }
            return new KnownCaller(
                    caller, permissions.stream().map(Permission::text).toList(), session);
        }

        private @Nullable String token() {
            return caller.scope() == null ? null : caller.scope().token();
        }

        private @Nullable String behind() {
            return caller.behind() == null ? null : caller.behind().inFull();
        }
    }
}
