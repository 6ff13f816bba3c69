// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;

class SchedulerSettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("default.timeout.seconds", 60, 1, 3600),
                new NumberKey("default.max.retries", 3, 0, 10),
                new NumberKey("progress.retries", 100, 0, 10000),
                new NumberKey("poll.interval.seconds", 5, 1, 60),
                new NumberKey("retry.base.seconds", 2, 1, 3600),
                new NumberKey("retry.max.seconds", 600, 1, 86400),
                new NumberKey("handler.grace.seconds", 86400, 0, 31536000),
                new NumberKey("max.payload.bytes", 1048576, 1024, 67108864),
                new NumberKey("max.result.bytes", 1048576, 1024, 67108864),
                new NumberKey("max.batch.jobs", 10000, 1, 1000000),
                new NumberKey("max.batch.bytes", 16777216, 1024, 1073741824));
    }

    @Override
    public Object read(SettingsReader reader) {
        return SchedulerSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return SchedulerConfiguration.class;
    }
}
