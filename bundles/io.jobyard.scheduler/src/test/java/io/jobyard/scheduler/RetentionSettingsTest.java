// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("completed.days", 7, 0, 3650),
                new NumberKey("failed.days", 30, 0, 3650),
                new NumberKey("audit.days", 400, 0, 3650),
                new NumberKey("usage.days", 400, 0, 3650),
                new NumberKey("feed.hours", 48, 1, 8760),
                new NumberKey("feed.max.mb", 500, 1, 100_000));
    }

    @Override
    public Object read(SettingsReader reader) {
        return RetentionSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return RetentionConfiguration.class;
    }

    @Test
    void anEmptyDirectoryOfTheArchiveIsNone() {
        SettingsReader reader = new SettingsReader(Map.of("archive.directory", ""));
        assertThat(RetentionSettings.read(reader).archive()).isNull();
        reader.finish();
    }
}
