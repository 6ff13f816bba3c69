// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.ConfigurationName;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows one configuration {@code io.jobyard.types-NAME}. */
@Component(
        service = {ConfiguredType.class, Examiner.class},
        configurationPid = TypePin.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TypeConfiguration.class, factory = true)
public final class ConfiguredType implements Examiner {

    private final ConfigurationName name;
    private final Settings<TypePin> settings;

    @Activate
    public ConfiguredType(BundleContext context, Map<String, Object> raw) {
        name = ConfigurationName.of(TypePin.FACTORY, raw);
        settings = new Settings<>(
                name.pid(),
                TypePin.shut(name.fault()),
                TypePin::read,
                LastGood.of(context, String.valueOf(raw.get(Constants.SERVICE_PID))));
        modified(raw);
        name.warn();
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    String type() {
        return name.shown();
    }

    Settings<TypePin> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(name.findings().stream(), settings.findings().stream())
                .toList();
    }
}
