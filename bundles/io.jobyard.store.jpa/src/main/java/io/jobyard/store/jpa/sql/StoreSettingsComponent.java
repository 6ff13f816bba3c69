// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.store}. */
@Component(
        service = {StoreSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = StoreSettings.PID)
@Designate(ocd = StoreConfiguration.class)
public final class StoreSettingsComponent extends Settings<StoreSettings> {

    private @Nullable StoreSettings inForce;

    @Activate
    public StoreSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(StoreSettings.PID, StoreSettings::read, LastGood.of(instance, StoreSettings.PID));
        update(raw);
    }

    /** Returns the settings that the store was opened with; they do not change until the host ends. */
    public synchronized StoreSettings inForce() {
        StoreSettings first = inForce;
        if (first == null) {
            first = current();
            inForce = first;
        }
        return first;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(super.examine());
        if (!inForce().equals(current())) {
            findings.add(new Finding(
                    StoreSettings.PID,
                    "changed since the store was opened with " + inForce(),
                    "restart the host to apply the change"));
        }
        return findings;
    }
}
