// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

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

/** Tracks the configuration {@code io.jobyard.queue}. */
@Component(
        service = {QueueSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = QueueSettings.PID)
@Designate(ocd = QueueConfiguration.class)
public final class QueueSettingsComponent extends Settings<QueueSettings> {

    @Activate
    public QueueSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(QueueSettings.PID, QueueSettings::read, LastGood.of(instance, QueueSettings.PID));
        update(raw);
    }
}
