// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.AccessException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.text.Glob;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Access check with the same permissions for every caller: at first all permissions. The local administrator always has all permissions.
 */
public final class SettableAccess implements Access {

    private volatile Set<Permission> permissions = EnumSet.allOf(Permission.class);
    private volatile int best = 1;
    private volatile List<Glob> queues = Glob.list("*");
    private volatile Set<String> refusedTypes = Set.of();
    private volatile Set<String> denied = Set.of();
    private volatile Quotas quotas = Quotas.NONE;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Sets the only allowed permissions from now on. As in a role, a permission for all jobs includes the permission for own jobs. */
    public void allow(Permission... only) {
        permissions = only.length == 0
                ? Set.of()
                : Permission.parse(Arrays.stream(only).map(Permission::text).collect(Collectors.joining(",")));
    }

    /** Sets the highest priority from now on. */
    public void best(int level) {
        best = level;
    }

    @Override
    public void require(Caller caller, AccessRule operation, @Nullable String owner, String what) {
        Caller actor = caller.actor();
        if (actor != null) {
            require(actor, AccessRule.IMPERSONATE);
        }
        caller.holders().forEach(this::requireKnown);
        boolean isOwn = owner == null || owner.equals(caller.name());
        if (!allows(caller, operation, isOwn)) {
            String missing = operation.needs(isOwn).text();
            throw new AccessException(caller + " may not " + operation.words() + " " + what, missing);
        }
    }

    @Override
    public boolean allows(Caller caller, AccessRule operation, boolean isOwn) {
        Caller actor = caller.actor();
        if (actor != null && !allows(actor, AccessRule.IMPERSONATE, true)
                || caller.holders().stream().anyMatch(holder -> denied.contains(holder.toString()))) {
            return false;
        }
        return caller.kind() == Caller.CallerKind.ADMINISTRATOR || permissions.contains(operation.needs(isOwn));
    }

    private void requireKnown(Caller caller) {
        if (denied.contains(caller.toString())) {
            throw new AccessException(caller + " has no permissions", Permission.SUBMIT.text());
        }
    }

    /** Sets the callers without any permission from now on, for example {@code bundle com.acme.reports}; empty for none. */
    public void deny(String... callers) {
        denied = Set.of(callers);
    }

    /** Sets the quotas from now on. */
    public void quotas(Quotas next) {
        quotas = next;
        listeners.forEach(Runnable::run);
    }

    @Override
    public Quotas quotas() {
        return quotas;
    }

    @Override
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Sets the queues that may be named from now on, for example {@code bulk-*}. */
    public void queues(String globs) {
        queues = Glob.list(globs);
    }

    @Override
    public void requireQueue(Caller caller, String queue) {
        if (!Glob.anyMatches(queues, queue)) {
            throw new AccessException(caller + " may not name queue " + queue, "queues");
        }
    }

    /** Sets the types that only the local administrator may submit from now on; empty for no such types. */
    public void refuseTypes(String... types) {
        refusedTypes = Set.of(types);
    }

    @Override
    public void requireType(Caller caller, String type, boolean isPrivileged) {
        if (!allowsType(caller, type, isPrivileged)) {
            throw new AccessException(caller + " may not submit jobs of type " + type, "types");
        }
    }

    @Override
    public boolean allowsType(Caller caller, String type, boolean isPrivileged) {
        return caller.kind() == Caller.CallerKind.ADMINISTRATOR || !refusedTypes.contains(type);
    }

    /** Returns no roles: all callers have the same permissions. */
    @Override
    public Set<String> roles(String submitter) {
        return Set.of();
    }

    @Override
    public int bestPriority(Caller caller) {
        return best;
    }
}
