// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.AccessException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.limits.Quotas;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody may do all that the token allows which it shows; without one, all. */
final class ScopedAccess implements Access {

    volatile Quotas quotas = Quotas.NONE;

    @Override
    public void require(Caller caller, AccessRule rule, @Nullable String owner, String what) {
        boolean isOwn = owner == null || owner.equals(caller.name());
        if (!allows(caller, rule, isOwn)) {
            throw new AccessException(
                    caller + " may not " + rule.words(), rule.needs(isOwn).text());
        }
    }

    @Override
    public boolean allows(Caller caller, AccessRule rule, boolean isOwn) {
        Caller behind = caller.behind();
        return (behind == null || allows(behind, AccessRule.IMPERSONATE, true)) && caller.isInScope(rule.needs(isOwn));
    }

    @Override
    public void requireQueue(Caller caller, String queue) {
        // every queue may be named
    }

    @Override
    public void requireType(Caller caller, String type, boolean isPrivileged) {
        // every type may be submitted
    }

    @Override
    public boolean allowsType(Caller caller, String type, boolean isPrivileged) {
        return true;
    }

    @Override
    public int bestPriority(Caller caller) {
        return 1;
    }

    @Override
    public Set<String> roles(String submitter) {
        return Set.of();
    }

    @Override
    public Quotas quotas() {
        return quotas;
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return () -> {};
    }
}
