// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks one configuration {@code io.jobyard.limits-NAME}. */
@Component(
        immediate = true, // a delayed component would stop with its last user, without a deactivation reason
        service = {ConfiguredLimit.class, Examiner.class},
        configurationPid = LimitSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LimitConfiguration.class, factory = true)
public final class ConfiguredLimit extends NamedSettings<LimitSettings> {

    @Activate
    public ConfiguredLimit(@Reference Instance instance, Map<String, Object> raw) {
        super(instance, LimitSettings.FACTORY, raw, name -> LimitSettings.shut(name.fault()), LimitSettings::read);
    }
}
