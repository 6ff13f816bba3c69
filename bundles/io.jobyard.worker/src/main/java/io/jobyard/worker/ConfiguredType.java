// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks one configuration {@code io.jobyard.types-NAME}. */
@Component(
        immediate = true, // a delayed component would stop with its last user, without a deactivation reason
        service = {ConfiguredType.class, Examiner.class},
        configurationPid = TypeSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TypeConfiguration.class, factory = true)
public final class ConfiguredType extends NamedSettings<TypeSettings> {

    @Activate
    public ConfiguredType(@Reference Instance instance, Map<String, Object> raw) {
        super(instance, TypeSettings.FACTORY, raw, name -> TypeSettings.shut(name.fault()), TypeSettings::read);
    }
}
