// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    private final StoreSettingsComponent settings = new StoreSettingsComponent(Map.of("lease.seconds", 60));

    @Test
    void whatChangesWhileTheStoreIsOpenIsInForceAtTheNextStartAndTheDoctorSaysSo() {
        assertThat(settings.inForce().leaseSeconds()).isEqualTo(60);
        assertThat(settings.examine()).isEmpty();

        settings.modified(Map.of("lease.seconds", 90));

        assertThat(settings.inForce().leaseSeconds()).isEqualTo(60);
        assertThat(settings.examine())
                .containsExactly(new Finding(
                        "io.jobyard.store",
                        "changed since the store was opened with url = (embedded), user = , pool.size = 8,"
                                + " lease.seconds = 60",
                        "restart the host to bring it into force"));
        settings.modified(Map.of("lease.seconds", 60));
        assertThat(settings.examine()).isEmpty();
    }

    @Test
    void aRefusedValueIsAFinding() {
        settings.modified(Map.of("lease.seconds", 4));
        assertThat(settings.examine())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).startsWith("lease.seconds = 4 is refused"));
    }
}
