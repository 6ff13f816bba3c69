// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("priority.levels", 10, 1, 100),
                new NumberKey("aging.seconds", 60, 0, 86400),
                new NumberKey("aging.share.percent", 10, 1, 50),
                new NumberKey("backlog.alert.ready.max", 0, 0, 100_000_000),
                new NumberKey("backlog.alert.oldest.seconds", 0, 0, 31_536_000));
    }

    @Override
    public Object read(SettingsReader reader) {
        return QueueSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return QueueConfiguration.class;
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "5, 5", "4, 4", "1, 1", "100, 5"})
    void theDefaultLevelIsFiveOrTheLast(int levels, int byDefault) {
        assertThat(new QueueSettings(levels, 60, 10, BacklogBounds.NONE).defaultLevel())
                .isEqualTo(byDefault);
    }
}
