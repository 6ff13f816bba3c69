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

/** Tracks one configuration {@code io.jobyard.queues-NAME}. */
@Component(
        immediate = true, // a delayed component would stop with its last user, without a deactivation reason
        service = {ConfiguredQueue.class, Examiner.class},
        configurationPid = NamedQueueSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NamedQueueConfiguration.class, factory = true)
public final class ConfiguredQueue extends NamedSettings<NamedQueueSettings> {

    @Activate
    public ConfiguredQueue(@Reference Instance instance, Map<String, Object> raw) {
        super(
                instance,
                NamedQueueSettings.FACTORY,
                raw,
                name -> NamedQueueSettings.shut(raw, name.fault()),
                NamedQueueSettings::read);
    }
}
