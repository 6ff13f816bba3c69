// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.NamedSettings;
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

/** Follows one configuration {@code io.jobyard.types-NAME}. */
@Component(
        immediate = true, // one that goes when the last who uses it lets it go is not told why
        service = {ConfiguredType.class, Examiner.class},
        configurationPid = TypePin.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TypeConfiguration.class, factory = true)
public final class ConfiguredType implements Examiner {

    private final NamedSettings<TypePin> settings;

    @Activate
    public ConfiguredType(BundleContext context, Map<String, Object> raw) {
        settings = new NamedSettings<>(
                TypePin.FACTORY,
                raw,
                name -> TypePin.shut(name.fault()),
                TypePin::read,
                LastGood.of(context, String.valueOf(raw.get(Constants.SERVICE_PID))));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    @Deactivate
    void stop(int reason) {
        settings.end(reason);
    }

    String type() {
        return settings.name().shown();
    }

    NamedSettings<TypePin> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.examine();
    }
}
