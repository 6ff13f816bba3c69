// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MovedSettingsTest {

    @Test
    void anOldFileIsToldWhereItsKeyHasGone() {
        assertThat(new MovedSettings(Map.of("prometheus.port", "9464")).problems())
                .containsExactly("invalid prometheus.port: moved to io.jobyard.http: use /metrics with a"
                        + " token, and delete this file");
    }

    @Test
    void aFileWithoutKeysIsNoFault() {
        assertThat(new MovedSettings(Map.of()).problems()).isEmpty();
    }
}
