// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

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

/** Follows one configuration {@code io.jobyard.queues-NAME}. */
@Component(
        immediate = true, // one that goes when the last who uses it lets it go is not told why
        service = {ConfiguredQueue.class, Examiner.class},
        configurationPid = NamedQueueSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NamedQueueConfiguration.class, factory = true)
public final class ConfiguredQueue implements Examiner {

    private final NamedSettings<NamedQueueSettings> settings;

    @Activate
    public ConfiguredQueue(BundleContext context, Map<String, Object> raw) {
        settings = new NamedSettings<>(
                NamedQueueSettings.FACTORY,
                raw,
                name -> NamedQueueSettings.shut(raw, name.fault()),
                NamedQueueSettings::read,
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

    String name() {
        return settings.name().shown();
    }

    NamedSettings<NamedQueueSettings> settings() {
        return settings;
    }

    @Override
    public List<Finding> examine() {
        return settings.examine();
    }
}
