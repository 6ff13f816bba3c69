// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.LastGood;
import io.jobyard.spi.access.Permission;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds roles to a registry, as Declarative Services does. */
final class RolesFixture {

    private RolesFixture() {}

    /** Adds a role whose members have all permissions. */
    static void addAdministrators(RoleRegistry roles, String members) {
        Map<String, Object> raw = new HashMap<>(Map.of(
                "service.pid",
                RoleSettings.FACTORY + "~admins",
                "members",
                members,
                "permissions",
                Stream.of(Permission.values()).map(Permission::text).collect(Collectors.joining(","))));
        roles.bind(new ConfiguredRole(raw, LastGood.none()));
    }
}
