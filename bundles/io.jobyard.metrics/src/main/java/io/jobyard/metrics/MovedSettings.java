// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.Examiner;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Settings of the former {@code io.jobyard.metrics}: reports where its keys have moved. */
@Component(
        service = {Examiner.class, SettingsCheck.class},
        immediate = true,
        configurationPid = MovedSettings.PID)
public final class MovedSettings extends Settings<String> {

    static final String PID = "io.jobyard.metrics";

    private static final List<String> MOVED = List.of("prometheus.port", "prometheus.address");

    @Activate
    public MovedSettings(Map<String, Object> raw) {
        super(PID, MovedSettings::read, LastGood.none());
        update(raw);
    }

    static String read(SettingsReader reader) {
        for (String key : MOVED) {
            reader.value(key, "", text -> {
                throw new IllegalArgumentException(
                        "moved to io.jobyard.http: use /metrics with a token, and delete this file");
            });
        }
        return "no separate Prometheus port";
    }
}
