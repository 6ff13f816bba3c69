// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.spi.access.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Findings for access settings that must be mistakes: a role that lists a bundle which is not installed, and a
 * configuration with a mistyped name. With such a mistake, the intended restrictions are unknown, so access is denied by
 * default.
 */
final class AccessFaults {

    private static final String MEANWHILE = "; until this is fixed, bundles that no role lists have no permissions";

    private AccessFaults() {}

    static List<Finding> of(Map<String, RoleSettings> roles, Set<String> bundles, Set<String> strays) {
        Stream<Finding> absent = new TreeMap<>(roles)
                .entrySet().stream()
                        .flatMap(role -> role.getValue().members().stream()
                                .filter(member -> member.kind() == Caller.CallerKind.BUNDLE)
                                .filter(member -> !bundles.contains(member.name()))
                                .map(member -> absent(role.getKey(), member)));
        return Stream.concat(absent, strays.stream().sorted().map(AccessFaults::stray))
                .toList();
    }

    private static Finding absent(String role, Member member) {
        return new Finding(
                RoleSettings.FACTORY + "-" + role,
                "it lists " + member + ", but no bundle with that symbolic name is installed" + MEANWHILE,
                "fix the name in members, install the bundle, or remove it from the list");
    }

    private static Finding stray(String pid) {
        return new Finding(
                pid,
                "this is not a configuration of io.jobyard.access, although its name looks like one" + MEANWHILE,
                "name its file etc/" + RoleSettings.FACTORY + "-NAME.cfg or etc/" + AccessSettings.PID
                        + ".cfg, or remove it");
    }
}
