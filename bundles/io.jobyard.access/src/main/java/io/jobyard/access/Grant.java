// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.Permission;
import io.jobyard.api.spi.Quota;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody may.
 *
 * @param permissions all that is allowed
 * @param best the most urgent level of the jobs; without a meaning unless jobs may be submitted
 * @param quota how many and how much; without a meaning unless jobs may be submitted
 */
record Grant(Set<Permission> permissions, int best, Quota quota) {

    static final Grant NOTHING = new Grant(Set.of(), Integer.MAX_VALUE, Quota.NONE);
    static final Grant ALL = new Grant(EnumSet.allOf(Permission.class), 1, Quota.NONE);

    Grant {
        permissions = Collections.unmodifiableSet(
                permissions.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(permissions));
        best = permissions.contains(Permission.SUBMIT) ? best : Integer.MAX_VALUE;
    }

    boolean submits() {
        return permissions.contains(Permission.SUBMIT);
    }

    /** The more generous of both in each. */
    Grant or(Grant other) {
        Set<Permission> both = EnumSet.noneOf(Permission.class);
        both.addAll(permissions);
        both.addAll(other.permissions);
        Quota of = !submits() ? other.quota : !other.submits() ? quota : quota.or(other.quota);
        return new Grant(both, Math.min(best, other.best), of);
    }
}
