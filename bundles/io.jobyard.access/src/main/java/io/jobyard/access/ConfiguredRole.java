// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.NamedSettings;
import io.jobyard.api.spi.SettingsReader;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows one configuration {@code io.jobyard.roles-NAME}. */
@Component(
        immediate = true, // one that goes when the last who uses it lets it go is not told why
        service = {ConfiguredRole.class, Examiner.class},
        configurationPid = RoleSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RoleConfiguration.class, factory = true)
public final class ConfiguredRole implements Examiner {

    private final NamedSettings<RoleSettings> settings;

    @Activate
    public ConfiguredRole(BundleContext context, Map<String, Object> raw) {
        this(raw, LastGood.of(context, String.valueOf(raw.get(Constants.SERVICE_PID))));
    }

    ConfiguredRole(Map<String, Object> raw, LastGood lastGood) {
        settings = new NamedSettings<>(
                RoleSettings.FACTORY,
                raw,
                name -> RoleSettings.shut(raw.containsKey(SettingsReader.MISNAMED) ? Map.of() : raw),
                RoleSettings::read,
                lastGood);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    @Deactivate
    void stop(int reason) {
        settings.end(reason);
    }

    /** As its file is called; those without a good name are told apart all the same. */
    String name() {
        String shown = settings.name().shown();
        return settings.name().isGood() ? shown : shown + " " + System.identityHashCode(this);
    }

    NamedSettings<RoleSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.examine();
    }
}
