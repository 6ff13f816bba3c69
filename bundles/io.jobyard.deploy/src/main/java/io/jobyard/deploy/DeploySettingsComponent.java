// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

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

/** Follows the configuration {@code io.jobyard.deploy}. */
@Component(
        service = {DeploySettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = DeploySettings.PID)
@Designate(ocd = DeployConfiguration.class)
public final class DeploySettingsComponent extends Settings<DeploySettings> {

    @Activate
    public DeploySettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(DeploySettings.PID, DeploySettings::read, LastGood.of(instance, DeploySettings.PID));
        update(raw);
    }
}
