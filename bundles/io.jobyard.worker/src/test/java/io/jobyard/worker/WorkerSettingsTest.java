// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;

class WorkerSettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("worker.threads", 4, 1, 32),
                new NumberKey("async.jobs", 1_000, 0, 20_000),
                new NumberKey("drain.timeout.seconds", 10, 0, 3600),
                new NumberKey("cancel.grace.seconds", 10, 1, 600),
                new NumberKey("quarantine.host.losses", 10, 0, 100),
                new NumberKey("stream.flush.ms", 100, 0, 10_000));
    }

    @Override
    public Object read(SettingsReader reader) {
        return WorkerSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return WorkerConfiguration.class;
    }
}
