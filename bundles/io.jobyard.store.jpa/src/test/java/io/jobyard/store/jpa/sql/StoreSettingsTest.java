// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSettingsTest implements SettingsConformance {

    @TempDir
    private Path instance;

    private StoreSettingsComponent settings;

    @Override
    public List<NumberKey> design() {
        return List.of(new NumberKey("pool.size", 10, 10, 64), new NumberKey("lease.seconds", 30, 5, 600));
    }

    @Override
    public Object read(SettingsReader reader) {
        return StoreSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return StoreConfiguration.class;
    }

    @BeforeEach
    void begin() {
        settings = new StoreSettingsComponent(new FakeInstance(instance), Map.of("lease.seconds", 60));
    }

    @Test
    void whatChangesWhileTheStoreIsOpenIsInForceAtTheNextStartAndTheDoctorSaysSo() {
        assertThat(settings.inForce().leaseSeconds()).isEqualTo(60);
        assertThat(settings.examine()).isEmpty();

        settings.update(Map.of("lease.seconds", 90));

        assertThat(settings.inForce().leaseSeconds()).isEqualTo(60);
        assertThat(settings.examine())
                .containsExactly(new Finding(
                        "io.jobyard.store",
                        "changed since the store was opened with url = (embedded), user = , pool.size = 10,"
                                + " lease.seconds = 60, signals = true",
                        "restart the host to apply the change"));
        settings.update(Map.of("lease.seconds", 60));
        assertThat(settings.examine()).isEmpty();
    }

    @Test
    void aRefusedValueIsAFinding() {
        settings.update(Map.of("lease.seconds", 4));
        assertThat(settings.examine())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).startsWith("invalid lease.seconds"));
    }
}
