// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

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

/** Follows one configuration {@code io.jobyard.limits-NAME}. */
@Component(
        service = {ConfiguredLimit.class, Examiner.class},
        configurationPid = LimitSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LimitConfiguration.class, factory = true)
public final class ConfiguredLimit implements Examiner {

    private final ConfigurationName name;
    private final LimitSettings shut;
    private final Settings<LimitSettings> settings;

    @Activate
    public ConfiguredLimit(BundleContext context, Map<String, Object> raw) {
        name = ConfigurationName.of(LimitSettings.FACTORY, raw);
        shut = LimitSettings.shut(name.fault());
        settings = new Settings<>(
                name.pid(),
                shut,
                LimitSettings::read,
                LastGood.of(context, String.valueOf(raw.get(Constants.SERVICE_PID))));
        modified(raw);
        name.warn();
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    String name() {
        return name.shown();
    }

    /** What is in force; without a good name nothing of it may start. */
    LimitSettings current() {
        return name.isGood() ? settings.current() : shut;
    }

    Settings<LimitSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(name.findings().stream(), settings.findings().stream())
                .toList();
    }
}
