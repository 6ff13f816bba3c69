// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.queue}. */
@Component(
        service = {QueueSettingsComponent.class, Examiner.class},
        configurationPid = QueueSettings.PID)
@Designate(ocd = QueueConfiguration.class)
public final class QueueSettingsComponent implements Examiner {

    private final Settings<QueueSettings> settings;

    @Activate
    public QueueSettingsComponent(BundleContext context, Map<String, Object> raw) {
        settings = new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.of(context, QueueSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    Settings<QueueSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.findings();
    }
}
