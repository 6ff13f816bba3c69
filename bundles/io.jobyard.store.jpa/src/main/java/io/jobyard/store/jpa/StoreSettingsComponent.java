// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.spi.Settings;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.store}. */
@Component(service = StoreSettingsComponent.class, configurationPid = StoreSettings.PID)
@Designate(ocd = StoreConfiguration.class)
public final class StoreSettingsComponent {

    private final Settings<StoreSettings> settings = new Settings<>(StoreSettings.PID, StoreSettings::read);

    @Activate
    public StoreSettingsComponent(Map<String, Object> raw) {
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    StoreSettings current() {
        return settings.current();
    }
}
