// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

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

/** Follows the configuration {@code io.jobyard.access}; a bad one with no good one before it closes. */
@Component(
        service = {AccessSettingsComponent.class, Examiner.class},
        configurationPid = AccessSettings.PID)
@Designate(ocd = AccessConfiguration.class)
public final class AccessSettingsComponent implements Examiner {

    private final Settings<AccessSettings> settings;

    @Activate
    public AccessSettingsComponent(BundleContext context, Map<String, Object> raw) {
        settings = new Settings<>(
                AccessSettings.PID,
                AccessSettings.CLOSED,
                AccessSettings::read,
                LastGood.of(context, AccessSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    Settings<AccessSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.findings();
    }
}
