// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.text.Glob;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The permissions of a caller.
 *
 * @param permissions all permissions
 * @param best the most urgent priority of jobs; unused unless the caller may submit
 * @param quota the quotas; unused unless the caller may submit
 * @param queues the queues that may be named; unused unless the caller may submit or change jobs
 * @param types the job types that may be submitted; unused unless the caller may submit
 * @param weight the share relative to other submitters; unused unless the caller may submit
 */
record Grant(Set<Permission> permissions, int best, Quota quota, List<Glob> queues, TypeGrant types, int weight) {

    static final List<Glob> ANY_QUEUE = List.of(new Glob("*"));

    static final Grant NOTHING = new Grant(Set.of(), Integer.MAX_VALUE, Quota.NONE, List.of(), TypeGrant.NONE, 1);
    static final Grant OF_JOBS =
            new Grant(EnumSet.of(Permission.SUBMIT, Permission.VIEW), 1, Quota.NONE, ANY_QUEUE, TypeGrant.USUAL, 1);
    /** All permissions except the permission to submit privileged types. */
    static final Grant ALL_USUAL =
            new Grant(EnumSet.allOf(Permission.class), 1, Quota.NONE, ANY_QUEUE, TypeGrant.USUAL, 1);

    static final Grant ALL = ALL_USUAL.withEveryType();

    Grant {
        permissions = Collections.unmodifiableSet(
                permissions.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(permissions));
        best = permissions.contains(Permission.SUBMIT) ? best : Integer.MAX_VALUE;
        boolean names = permissions.contains(Permission.SUBMIT) || permissions.contains(Permission.OPERATE);
        queues = names ? List.copyOf(queues) : List.of();
        types = permissions.contains(Permission.SUBMIT) ? types : TypeGrant.NONE;
        weight = permissions.contains(Permission.SUBMIT) ? weight : 1;
    }

    boolean submits() {
        return permissions.contains(Permission.SUBMIT);
    }

    boolean mayName(String queue) {
        return Glob.anyMatches(queues, queue);
    }

    /** Adds all types, including privileged types, if the caller may submit jobs. */
    Grant withEveryType() {
        return new Grant(permissions, best, quota, queues, TypeGrant.EVERY, weight);
    }

    /** Combines two grants: the more generous value of each component. */
    Grant or(Grant other) {
        Set<Permission> both = EnumSet.noneOf(Permission.class);
        both.addAll(permissions);
        both.addAll(other.permissions);
        Quota of = !submits() ? other.quota : !other.submits() ? quota : quota.or(other.quota);
        List<Glob> named =
                Stream.concat(queues.stream(), other.queues.stream()).distinct().toList();
        return new Grant(
                both, Math.min(best, other.best), of, named, types.or(other.types), Math.max(weight, other.weight));
    }
}
