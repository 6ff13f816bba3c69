// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks the configuration {@code io.jobyard.worker}. */
@Component(
        service = {WorkerSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = WorkerSettings.PID)
@Designate(ocd = WorkerConfiguration.class)
public final class WorkerSettingsComponent extends Settings<WorkerSettings> {

    @Activate
    public WorkerSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(WorkerSettings.PID, WorkerSettings::read, LastGood.of(instance, WorkerSettings.PID));
        update(raw);
    }
}
