// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.text.Glob;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checked values of {@code io.jobyard.roles-NAME}.
 *
 * @param members the members of the role; empty if they cannot be read
 * @param total the quota of all members together
 */
record RoleSettings(Set<Member> members, Grant grant, Quota total) {

    static final String FACTORY = "io.jobyard.roles";
    private static final int LEVELS = 100;
    private static final int MOST_TURNS = 1_000;

    RoleSettings {
        members = Collections.unmodifiableSet(new LinkedHashSet<>(members));
    }

    static RoleSettings read(SettingsReader reader) {
        Set<Member> members = reader.value("members", Set.of(), Member::list);
        Set<Permission> permissions = reader.value("permissions", Set.of(), Permission::parse);
        int best = reader.integer("priority.best", 1, 1, LEVELS);
        require(reader, "members", "for example members = user:ann, bundle:com.acme.reports");
        require(reader, "permissions", "for example permissions = submit, view, cancel");
        List<Glob> queues = reader.value("queues", Grant.ANY_QUEUE, Glob::list);
        TypeGrant types = reader.value("types", TypeGrant.USUAL, TypeGrant::parse);
        int weight = reader.integer("weight", 1, 1, MOST_TURNS);
        Grant grant = new Grant(permissions, best, QuotaKeys.read(reader, ""), queues, types, weight);
        return new RoleSettings(members, grant, QuotaKeys.read(reader, QuotaKeys.TOTAL));
    }

    /** Creates a role whose configuration was never valid: its members get no permissions. */
    static RoleSettings shut(Map<String, ?> raw) {
        return new RoleSettings(
                new SettingsReader(raw).value("members", Set.of(), Member::list), Grant.NOTHING, Quota.NONE);
    }

    /** Returns whether the role's members are unknown. */
    boolean isOfUnknown() {
        return members.isEmpty();
    }

    private static void require(SettingsReader reader, String key, String example) {
        if (reader.text(key, "").isEmpty()) {
            reader.refuse(key + " is missing: " + example);
        }
    }

    private String queues() {
        return grant.queues().isEmpty() || grant.queues().equals(Grant.ANY_QUEUE)
                ? ""
                : ", queues = " + grant.queues().stream().map(Glob::text).collect(Collectors.joining(", "));
    }

    private String types() {
        TypeGrant types = grant.types();
        return types.equals(TypeGrant.NONE) || types.equals(TypeGrant.USUAL) ? "" : ", types = " + types;
    }

    @Override
    public String toString() {
        String names = members.stream().map(Member::toString).collect(Collectors.joining(", "));
        if (grant.permissions().isEmpty()) {
            return "a role without permissions for " + (isOfUnknown() ? "all bundles that no role lists" : names);
        }
        return "members = " + names + ", permissions = "
                + grant.permissions().stream().map(Permission::text).collect(Collectors.joining(", "))
                + (grant.submits() ? ", priority.best = " + grant.best() : "") + queues()
                + types()
                + (grant.weight() == 1 ? "" : ", weight = " + grant.weight())
                + QuotaKeys.text(grant.quota(), "")
                + QuotaKeys.text(total, QuotaKeys.TOTAL);
    }
}
