// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Follows one configuration {@code io.jobyard.roles-NAME}. */
@Component(
        immediate = true, // a delayed component would not learn why it is deactivated
        service = {ConfiguredRole.class, Examiner.class},
        configurationPid = RoleSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RoleConfiguration.class, factory = true)
public final class ConfiguredRole extends NamedSettings<RoleSettings> {

    @Activate
    public ConfiguredRole(@Reference Instance instance, Map<String, Object> raw) {
        super(instance, RoleSettings.FACTORY, raw, name -> shut(raw), RoleSettings::read);
    }

    /** Creates a role for tests. */
    ConfiguredRole(Map<String, Object> raw, LastGood lastGood) {
        super(RoleSettings.FACTORY, raw, name -> shut(raw), RoleSettings::read, lastGood);
    }

    private static RoleSettings shut(Map<String, Object> raw) {
        return RoleSettings.shut(raw.containsKey(SettingsReader.MISNAMED) ? Map.of() : raw);
    }

    /** Returns the name of its file, which is unique even if the role's name is invalid. */
    String shown() {
        return name().isGood() ? name().shown() : name().shown() + " " + System.identityHashCode(this);
    }
}
