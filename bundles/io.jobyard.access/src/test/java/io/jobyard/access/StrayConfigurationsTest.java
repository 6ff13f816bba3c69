// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeConfigurationAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrayConfigurationsTest {

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.role-x,, a",
        "io.jobyard.acces,, a",
        "io.jobyard.access-x,, a",
        "io.jobyard.access.conf,, a",
        "io.jobyard.roles-a.conf,, a",
        "IO.JOBYARD.ROLE,, a",
        "com.acme.jobyard.roles,, a",
        "io.jobyard.acess,, bundles.default",
        "io.jobyard.rules,, members",
        "jobyard.x~a,jobyard.x, permissions",
        "roles~x,roles, members permissions",
        "acme,, bundles.default"
    })
    void whatLooksLikeAccessIsOne(String pid, String factory, String keys) {
        assertThat(StrayConfigurations.isStray(pid, factory, Set.of(keys.split(" "))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.access,, bundles.default",
        "io.jobyard.roles~x,io.jobyard.roles, members permissions",
        "io.jobyard.limits~role-access,io.jobyard.limits, running.max",
        "io.jobyard.limits-role.conf,, a",
        "io.jobyard.wroker,, a",
        "com.acme.team,, members",
        "com.acme.roles,, a"
    })
    void whatIsOneOrAnothersIsNot(String pid, String factory, String keys) {
        assertThat(StrayConfigurations.isStray(pid, factory, Set.of(keys.split(" "))))
                .isFalse();
    }

    @Test
    void whoListensHearsWhenOneComesAndGoes() throws Exception {
        FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
        admin.put("io.jobyard.role-x", Map.of("a", "x"));
        admin.put("io.jobyard.queue", Map.of("b", "x"));
        StrayConfigurations strays = new StrayConfigurations(admin.service());
        List<Set<String>> heard = new ArrayList<>();
        Runnable end = strays.onChange(() -> heard.add(strays.pids()));
        assertThat(strays.pids()).containsExactly("io.jobyard.role-x");

        strays.configurationEvent(admin.event("io.jobyard.role-x"));
        strays.configurationEvent(admin.event("io.jobyard.queue"));
        admin.remove("io.jobyard.role-x");
        strays.configurationEvent(admin.event("io.jobyard.role-x"));
        admin.put("acme", Map.of("bundles.default", "x"));
        strays.configurationEvent(admin.event("acme"));
        end.run();
        admin.remove("acme");
        admin.remove("io.jobyard.queue");
        strays.configurationEvent(admin.event("acme"));

        assertThat(heard).containsExactly(Set.of(), Set.of("acme"));
        assertThat(strays.pids()).isEmpty();
    }

    /** Config Admin goes through all to list one. */
    @Test
    void aChangeListsNothing() throws Exception {
        FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
        StrayConfigurations strays = new StrayConfigurations(admin.service());
        admin.unreadable();
        admin.put("io.jobyard.role-x", Map.of("a", "x"));
        admin.put("io.jobyard.limits~x", Map.of("a", "x"));
        strays.configurationEvent(admin.event("io.jobyard.role-x"));
        strays.configurationEvent(admin.event("io.jobyard.limits~x"));
        assertThat(strays.pids()).containsExactly("io.jobyard.role-x");
    }

    @Test
    void oneThatSomebodyDeletesMeanwhileIsNone() throws Exception {
        FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
        admin.put("io.jobyard.role-x", Map.of("a", "x"));
        admin.vanishing("io.jobyard.role-x");
        admin.put("io.jobyard.acces", Map.of("a", "x"));
        assertThat(new StrayConfigurations(admin.service()).pids()).containsExactly("io.jobyard.acces");
    }
}
