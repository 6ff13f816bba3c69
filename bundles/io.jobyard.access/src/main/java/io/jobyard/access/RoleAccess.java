// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.AccessException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.Permission;
import io.jobyard.api.spi.Quotas;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers by the roles that are in force at the moment of the question. */
@Component(service = Access.class)
public final class RoleAccess implements Access {

    private final RoleRegistry roles;
    private final Refusals refusals;

    @Activate
    public RoleAccess(@Reference RoleRegistry roles, @Reference AuditKeeper audit) {
        this(roles, audit.refusals());
    }

    RoleAccess(RoleRegistry roles, Refusals refusals) {
        this.roles = roles;
        this.refusals = refusals;
    }

    @Override
    public void require(Caller caller, Operation operation, @Nullable String owner, String what) {
        boolean isOwn = owner == null || owner.equals(caller.name());
        Permission needed = operation.needs(isOwn);
        if (roles.current().of(caller).permissions().contains(needed)) {
            return;
        }
        refusals.refused(
                caller, what + (owner == null ? "" : " of " + owner), operation.words() + ", without " + needed.text());
        String object = (what.isEmpty() ? "" : " " + what) + (isOwn ? "" : " of " + owner);
        throw new AccessException(
                caller + " may not " + operation.words() + object + ": permission " + needed.text()
                        + " is missing; a role gives it, in etc/" + RoleSettings.FACTORY + "-NAME.cfg",
                needed.text());
    }

    @Override
    public boolean allows(Caller caller, Operation operation, boolean isOwn) {
        return roles.current().of(caller).permissions().contains(operation.needs(isOwn));
    }

    @Override
    public Set<String> roles(String submitter) {
        return roles.current().of(submitter);
    }

    @Override
    public Quotas quotas() {
        return roles.current().quotas();
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return roles.onChange(listener);
    }

    @Override
    public int bestPriority(Caller caller) {
        return roles.current().of(caller).best();
    }
}
