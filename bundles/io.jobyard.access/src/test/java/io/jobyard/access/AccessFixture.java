// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Roles as an administrator writes them, and what they come to. */
final class AccessFixture {

    final Settings<AccessSettings> settings =
            new Settings<>(AccessSettings.PID, AccessSettings.CLOSED, AccessSettings::read, LastGood.none());
    private final Map<String, ConfiguredRole> roles = new LinkedHashMap<>();
    final InMemoryStore store = new InMemoryStore(new UUID(0, 1), "here");
    private Set<String> bundles = Set.of("com.acme.reports", "com.acme.other");
    private Set<String> strays = Set.of();
    private final RoleRegistry registry;
    final RoleAccess access;
    /** How often the snapshot of all roles was made. */
    int made;

    AccessFixture() {
        this(Map.of());
    }

    AccessFixture(Map<String, String> general) {
        settings.update(general);
        registry = new RoleRegistry(
                settings,
                () -> {
                    made++;
                    return bundles;
                },
                () -> strays);
        access = new RoleAccess(registry, new Refusals(new SettableClock(Instant.EPOCH), store::append));
    }

    /** With keys and values in turn. */
    AccessFixture role(String name, String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("service.pid", RoleSettings.FACTORY + "~" + name);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        ConfiguredRole before = roles.get(name);
        if (before != null) {
            before.update(raw);
            return this;
        }
        ConfiguredRole role = new ConfiguredRole(raw, LastGood.none());
        roles.put(name, role);
        registry.bind(role);
        return this;
    }

    RoleRegistry registry() {
        return registry;
    }

    /** The framework has these, and no others. */
    AccessFixture bundles(String... names) {
        bundles = Set.of(names);
        registry.renew();
        return this;
    }

    /** Config Admin holds these, which look like some about access. */
    AccessFixture strays(String... pids) {
        strays = Set.of(pids);
        registry.renew();
        return this;
    }

    /** What the doctor tells of closed access. */
    List<Finding> faults() {
        return registry.examine();
    }

    void remove(String name) {
        registry.unbind(roles.remove(name));
    }

    ConfiguredRole configured(String name) {
        return roles.get(name);
    }
}
