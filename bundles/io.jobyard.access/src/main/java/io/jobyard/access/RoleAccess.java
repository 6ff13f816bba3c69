// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.AccessException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.Permission;
import io.jobyard.api.spi.Quotas;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers by the roles that are in force at the moment of the question. */
@Component(service = Access.class)
public final class RoleAccess implements Access {

    private static final Logger LOG = LoggerFactory.getLogger(RoleAccess.class);
    private static final String REFUSED = "refused";

    private final RoleRegistry roles;
    private final JobRepository repository;
    private final Clock clock;

    @Activate
    public RoleAccess(@Reference RoleRegistry roles, @Reference JobRepository repository, @Reference Clock clock) {
        this.roles = roles;
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public void require(Caller caller, Operation operation, @Nullable String owner, String what) {
        boolean isOwn = owner == null || owner.equals(caller.name());
        Permission needed = operation.needs(isOwn);
        if (roles.current().of(caller).permissions().contains(needed)) {
            return;
        }
        refuse(caller, operation, needed, owner, what);
        String object = (what.isEmpty() ? "" : " " + what) + (isOwn ? "" : " of " + owner);
        throw new AccessException(
                caller + " may not " + operation.words() + object + ": permission " + needed.text()
                        + " is missing; a role gives it, in etc/" + RoleSettings.FACTORY + "-NAME.cfg",
                needed.text());
    }

    /** A refusal stands in the audit by itself; nobody waits for that. */
    private void refuse(Caller caller, Operation operation, Permission needed, @Nullable String owner, String what) {
        String target = what + (owner == null ? "" : " of " + owner);
        String detail = operation.words() + ", without " + needed.text();
        repository
                .audit(new AuditEntry(clock.instant(), caller.inFull(), REFUSED, target, detail))
                .whenComplete((done, fault) -> {
                    if (fault != null) {
                        LOG.warn("A refusal is not in the audit ({}): {} {}", fault.getMessage(), caller, detail);
                    }
                });
    }

    @Override
    public boolean allows(Caller caller, Operation operation, boolean isOwn) {
        return roles.current().of(caller).permissions().contains(operation.needs(isOwn));
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
