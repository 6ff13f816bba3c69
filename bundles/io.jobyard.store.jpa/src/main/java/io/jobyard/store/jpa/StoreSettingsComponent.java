// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.store}. */
@Component(
        service = {StoreSettingsComponent.class, Examiner.class},
        configurationPid = StoreSettings.PID)
@Designate(ocd = StoreConfiguration.class)
public final class StoreSettingsComponent implements Examiner {

    private final Settings<StoreSettings> settings;
    private @Nullable StoreSettings inForce;

    @Activate
    public StoreSettingsComponent(BundleContext context, Map<String, Object> raw) {
        settings = new Settings<>(StoreSettings.PID, StoreSettings::read, LastGood.of(context, StoreSettings.PID));
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    /** What the store opens with: the same until the host ends. */
    synchronized StoreSettings inForce() {
        StoreSettings first = inForce;
        if (first == null) {
            first = settings.current();
            inForce = first;
        }
        return first;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(settings.findings());
        if (!inForce().equals(settings.current())) {
            findings.add(new Finding(
                    StoreSettings.PID,
                    "changed since the store was opened with " + inForce(),
                    "restart the host to bring it into force"));
        }
        return findings;
    }
}
