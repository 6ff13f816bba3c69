// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

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

/** Follows the configuration {@code io.jobyard.worker}. */
@Component(
        service = {WorkerSettingsComponent.class, Examiner.class},
        configurationPid = WorkerSettings.PID)
@Designate(ocd = WorkerConfiguration.class)
public final class WorkerSettingsComponent implements Examiner {

    private final Settings<WorkerSettings> settings;

    @Activate
    public WorkerSettingsComponent(BundleContext context, Map<String, Object> raw) {
        settings = new Settings<>(WorkerSettings.PID, WorkerSettings::read, LastGood.of(context, WorkerSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    Settings<WorkerSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.findings();
    }
}
