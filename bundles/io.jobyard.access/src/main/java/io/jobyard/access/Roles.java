// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.limits.Quotas;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Snapshot of all roles and their permissions. */
final class Roles {

    /** Submitter of the deliveries of webhooks, which are jobs of a privileged type. */
    private static final Member SENDER = new Member(Caller.CallerKind.BUNDLE, "io.jobyard.webhooks");
    /** Name of the local administrator: the user of the operating system that runs the host, in the local shell. */
    private static final String ADMINISTRATOR = System.getProperty("user.name");

    private final Map<Member, Grant> grants = new HashMap<>();
    private final Grant otherBundles;
    private final Quotas quotas;
    private final Map<String, RoleSettings> named;

    Roles(AccessSettings settings, Map<String, RoleSettings> named, boolean isClosed) {
        this.named = Map.copyOf(named);
        Collection<RoleSettings> roles = named.values();
        quotas = RoleQuotas.of(named);
        boolean open =
                !isClosed && settings.unlistedBundlesMayAll() && roles.stream().noneMatch(RoleSettings::isOfUnknown);
        otherBundles = open ? Grant.ALL_USUAL : Grant.NOTHING;
        roles.forEach(role -> role.members().forEach(member -> grants.merge(member, role.grant(), Grant::or)));
    }

    Quotas quotas() {
        return quotas;
    }

    /** Returns the roles that allow a submitter to submit. */
    Set<String> of(String submitter) {
        return named.entrySet().stream()
                .filter(role -> role.getValue().grant().submits())
                .filter(role -> role.getValue().members().stream()
                        .anyMatch(member -> member.name().equals(submitter)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> listing(Member member) {
        return named.entrySet().stream()
                .filter(role -> role.getValue().members().contains(member))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the permissions of a submitter's jobs: jobs of administrators and unlisted bundles were accepted without
     * a role. If roles list the name, they decide, even for an administrator of that name.
     */
    private Grant ofJobs(String submitter) {
        return grants.entrySet().stream()
                .filter(grant -> grant.getKey().name().equals(submitter))
                .map(Map.Entry::getValue)
                .reduce(Grant::or)
                .orElse(submitter.equals(ADMINISTRATOR) ? Grant.OF_JOBS.withEveryType() : Grant.OF_JOBS);
    }

    private Grant ofBundle(Member bundle) {
        Grant grant = grants.getOrDefault(bundle, otherBundles);
        return bundle.equals(SENDER) ? grant.withEveryType() : grant;
    }

    Grant of(Caller caller) {
        if (caller.isReserved()) {
            return Grant.NOTHING;
        }
        return switch (caller.kind()) {
            case ADMINISTRATOR -> Grant.ALL;
            case BUNDLE -> ofBundle(new Member(caller.kind(), caller.name()));
            case JOB -> ofJobs(caller.name());
            case USER, SQL -> grants.getOrDefault(new Member(caller.kind(), caller.name()), Grant.NOTHING);
        };
    }
}
