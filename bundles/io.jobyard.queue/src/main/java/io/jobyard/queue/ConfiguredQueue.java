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

/** Follows one configuration {@code io.jobyard.queues-NAME}. */
@Component(
        service = {ConfiguredQueue.class, Examiner.class},
        configurationPid = NamedQueueSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NamedQueueConfiguration.class, factory = true)
public final class ConfiguredQueue implements Examiner {

    private final ConfigurationName name;
    private final NamedQueueSettings shut;
    private final Settings<NamedQueueSettings> settings;

    @Activate
    public ConfiguredQueue(BundleContext context, Map<String, Object> raw) {
        name = ConfigurationName.of(NamedQueueSettings.FACTORY, raw);
        shut = NamedQueueSettings.shut(raw, name.fault());
        settings = new Settings<>(
                name.pid(),
                shut,
                NamedQueueSettings::read,
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
    NamedQueueSettings current() {
        return name.isGood() ? settings.current() : shut;
    }

    Settings<NamedQueueSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(name.findings().stream(), settings.findings().stream())
                .toList();
    }
}
