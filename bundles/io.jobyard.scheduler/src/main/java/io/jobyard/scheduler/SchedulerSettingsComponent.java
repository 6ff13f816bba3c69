// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.SizeLimits;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks the configuration {@code io.jobyard.scheduler}. */
@Component(
        service = {SchedulerSettingsComponent.class, Examiner.class, SizeLimits.class, SettingsCheck.class},
        configurationPid = SchedulerSettings.PID)
@Designate(ocd = SchedulerConfiguration.class)
public final class SchedulerSettingsComponent extends Settings<SchedulerSettings> implements SizeLimits {

    @Activate
    public SchedulerSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(SchedulerSettings.PID, SchedulerSettings::read, LastGood.of(instance, SchedulerSettings.PID));
        update(raw);
    }

    @Override
    public int maxPayloadBytes() {
        return current().sizes().maxPayloadBytes();
    }

    @Override
    public int maxResultBytes() {
        return current().sizes().maxResultBytes();
    }

    @Override
    public int maxBatchJobs() {
        return current().sizes().maxBatchJobs();
    }

    @Override
    public int maxBatchBytes() {
        return current().sizes().maxBatchBytes();
    }
}
