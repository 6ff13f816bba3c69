// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.AccessException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.text.Glob;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Access decisions by the roles that are in force at the time of the check. */
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
    public void require(Caller caller, AccessRule rule, @Nullable String owner, String what) {
        Caller actor = caller.actor();
        if (actor != null) {
            require(actor, AccessRule.IMPERSONATE); // checked for each call: the permission may have been revoked
        }
        boolean isOwn = owner == null || owner.equals(caller.name());
        caller.holders().forEach(holder -> require(holder, rule, isOwn, owner, what));
    }

    private void require(Caller caller, AccessRule rule, boolean isOwn, @Nullable String owner, String what) {
        Permission needed = rule.needs(isOwn);
        boolean isGranted = roles.current().of(caller).permissions().contains(needed);
        if (isGranted && caller.isInScope(needed)) {
            return;
        }
        refusals.refused(
                caller, what + (owner == null ? "" : " of " + owner), rule.words() + ", without " + needed.text());
        String object = (what.isEmpty() ? "" : " " + what) + (isOwn ? "" : " of " + owner);
        throw new AccessException(
                caller + " may not " + rule.words() + object + ": " + why(caller, needed, isGranted), needed.text());
    }

    private static String why(Caller caller, Permission needed, boolean isGranted) {
        if (caller.isReserved()) {
            return "this name is reserved for the host; use another name";
        } else if (isGranted && caller.scope() != null) {
            return "token " + caller.scope().token() + " does not include permission " + needed.text()
                    + "; use a token that includes it";
        }
        return "missing permission " + needed.text() + "; add it to a role in etc/" + RoleSettings.FACTORY
                + "-NAME.cfg";
    }

    @Override
    public boolean allows(Caller caller, AccessRule rule, boolean isOwn) {
        Caller actor = caller.actor();
        return (actor == null || allows(actor, AccessRule.IMPERSONATE, true))
                && caller.isInScope(rule.needs(isOwn))
                && caller.holders().stream()
                        .allMatch(holder ->
                                roles.current().of(holder).permissions().contains(rule.needs(isOwn)));
    }

    @Override
    public void requireQueue(Caller caller, String queue) {
        caller.holders().forEach(holder -> requireQueueOf(holder, queue));
    }

    private void requireQueueOf(Caller caller, String queue) {
        Grant grant = roles.current().of(caller);
        if (grant.mayName(queue)) {
            return;
        }
        refusals.refused(caller, "queue " + queue, "name the queue");
        String allowed = grant.queues().stream().map(Glob::text).collect(Collectors.joining(", "));
        throw new AccessException(
                caller + " may not use queue " + queue + "; the queues of its roles are " + allowed
                        + "; omit the queue, or add it to queues of the role in etc/" + RoleSettings.FACTORY
                        + "-NAME.cfg",
                "queues");
    }

    @Override
    public void requireType(Caller caller, String type, boolean isPrivileged) {
        caller.holders().forEach(holder -> requireTypeOf(holder, type, isPrivileged));
    }

    private void requireTypeOf(Caller caller, String type, boolean isPrivileged) {
        if (roles.current().of(caller).types().allows(type, isPrivileged)) {
            return;
        }
        refusals.refused(caller, "type " + type, "submit jobs of the type");
        throw new AccessException(
                caller + " may not submit jobs of type " + type + ": "
                        + (isPrivileged
                                ? "the type is privileged and must be named in full in a role"
                                : "no role allows it")
                        + "; add it to types of a role with permission submit in etc/" + RoleSettings.FACTORY
                        + "-NAME.cfg",
                "types");
    }

    @Override
    public boolean allowsType(Caller caller, String type, boolean isPrivileged) {
        return caller.holders().stream()
                .allMatch(holder -> roles.current().of(holder).types().allows(type, isPrivileged));
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
        return caller.holders().stream()
                .mapToInt(holder -> roles.current().of(holder).best())
                .max()
                .orElseThrow();
    }
}
