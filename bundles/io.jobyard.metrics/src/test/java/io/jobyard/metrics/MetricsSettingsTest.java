// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;

class MetricsSettingsTest implements SettingsConformance {

    @Override
    public List<Key> design() {
        return List.of(new Key("prometheus.port", 0, 0, 65535));
    }

    @Override
    public Object read(SettingsReader reader) {
        return MetricsSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return MetricsConfiguration.class;
    }
}
