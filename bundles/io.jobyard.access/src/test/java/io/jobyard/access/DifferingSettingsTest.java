// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ConfigurationValue;
import io.jobyard.settings.api.Configurations.ValueSource;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.jobs.Slots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which settings of hosts differ, and what is said of it. */
class DifferingSettingsTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final Map<UUID, Map<String, String>> told = new HashMap<>();

    private static HostIncarnation host(UUID id, boolean leader, String version) {
        return new HostIncarnation(
                id,
                "host-" + id.getLeastSignificantBits(),
                Instant.EPOCH,
                null,
                leader,
                new HostOffer(new Slots(4, 0), List.of(), false, version),
                null);
    }

    private List<Finding> findings(String versionOfTheOther) {
        return DifferingSettings.findings(List.of(host(ONE, true, "1.0"), host(TWO, false, versionOfTheOther)), told);
    }

    private static ConfigurationState configured(String name, String... values) {
        List<ConfigurationValue> all = new ArrayList<>();
        for (int n = 0; n < values.length; n += 2) {
            all.add(new ConfigurationValue(values[n], values[n + 1], ValueSource.FILE, name + ".cfg", null));
        }
        return new ConfigurationState(name, all, List.of());
    }

    @Test
    void hostsAndConfigurationsThatDifferAreNamed() {
        told.put(ONE, Map.of("io.jobyard.queue", "a", "io.jobyard.limits-x", "b", "io.jobyard.roles-y", "c"));
        told.put(TWO, Map.of("io.jobyard.queue", "a", "io.jobyard.limits-x", "d", "io.jobyard.types-z", "e"));
        assertThat(findings("1.0"))
                .extracting(Finding::problem)
                .containsExactly("host host-2 has different settings than host host-1, the leader, whose limits, queues"
                        + " and roles apply: io.jobyard.limits-x, io.jobyard.roles-y (missing), io.jobyard.types-z"
                        + " (only on this host)");
    }

    @Test
    void nothingIsSaidOfHostsThatAgreeHaveNotToldOrAreOfAnotherVersion() {
        told.put(ONE, Map.of("io.jobyard.queue", "a"));
        assertThat(findings("1.0")).isEmpty();
        told.put(TWO, Map.of("io.jobyard.queue", "a"));
        assertThat(findings("1.0")).isEmpty();
        told.put(TWO, Map.of("io.jobyard.queue", "b"));
        assertThat(findings("1.1")).isEmpty();
        assertThat(DifferingSettings.findings(List.of(host(TWO, false, "1.0")), told))
                .isEmpty();
    }

    @Test
    void whatIsAHostsOwnIsNotCompared() {
        assertThat(SettingsDigest.of(List.of(
                        configured("io.jobyard.access", "bundles.default", "all"),
                        configured("io.jobyard.handler.examples", "allow.crash", "true"),
                        configured("io.jobyard.http", "port", "9100"),
                        configured("io.jobyard.secrets", "directory", "/etc/secrets"),
                        configured("io.jobyard.secrets-mail", "secrets", "smtp"),
                        configured("io.jobyard.store", "url", "jdbc:x"),
                        configured("io.jobyard.worker", "worker.threads", "8"))))
                .containsOnlyKeys("io.jobyard.access", "io.jobyard.secrets-mail");
    }

    @Test
    void theSameValuesComeToTheSameAndOthersToAnother() {
        String name = "io.jobyard.limits-x";
        Map<String, String> digest = SettingsDigest.of(List.of(configured(name, "a", "1", "b", "2")));
        assertThat(SettingsDigest.of(List.of(configured(name, "b", "2", "a", "1"))))
                .isEqualTo(digest);
        assertThat(SettingsDigest.of(List.of(configured(name, "a", "1", "b", "3"))))
                .isNotEqualTo(digest);
        assertThat(SettingsDigest.read(SettingsDigest.write(digest))).isEqualTo(digest);
        assertThat(SettingsDigest.read(SettingsDigest.write(Map.of()))).isEmpty();
    }
}
