// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import io.jobyard.api.spi.SizeLimits;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.scheduler}. */
@Component(
        service = {SchedulerSettingsComponent.class, Examiner.class, SizeLimits.class},
        configurationPid = SchedulerSettings.PID)
@Designate(ocd = SchedulerConfiguration.class)
public final class SchedulerSettingsComponent implements Examiner, SizeLimits {

    private final Settings<SchedulerSettings> settings;

    @Activate
    public SchedulerSettingsComponent(BundleContext context, Map<String, Object> raw) {
        settings = new Settings<>(
                SchedulerSettings.PID, SchedulerSettings::read, LastGood.of(context, SchedulerSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    Settings<SchedulerSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.findings();
    }

    @Override
    public int maxPayloadBytes() {
        return settings.current().maxPayloadBytes();
    }

    @Override
    public int maxResultBytes() {
        return settings.current().maxResultBytes();
    }

    @Override
    public int maxBatchJobs() {
        return settings.current().maxBatchJobs();
    }

    @Override
    public int maxBatchBytes() {
        return settings.current().maxBatchBytes();
    }
}
