// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

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

/** Follows the configuration {@code io.jobyard.access}. Without a valid configuration, access is denied by default. */
@Component(
        service = {AccessSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = AccessSettings.PID)
@Designate(ocd = AccessConfiguration.class)
public final class AccessSettingsComponent extends Settings<AccessSettings> {

    @Activate
    public AccessSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(
                AccessSettings.PID,
                AccessSettings.CLOSED,
                AccessSettings::read,
                LastGood.of(instance, AccessSettings.PID));
        update(raw);
    }
}
