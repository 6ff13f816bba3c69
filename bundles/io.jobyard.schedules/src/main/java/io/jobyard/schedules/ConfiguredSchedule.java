// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks one configuration {@code io.jobyard.schedules-NAME}. */
@Component(
        immediate = true, // a delayed component would stop with its last user, without a deactivation reason
        service = {ConfiguredSchedule.class, Examiner.class},
        configurationPid = ScheduleSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ScheduleConfiguration.class, factory = true)
public final class ConfiguredSchedule extends NamedSettings<ScheduleSettings> {

    @Activate
    public ConfiguredSchedule(@Reference Instance instance, Map<String, Object> raw) {
        super(
                instance,
                ScheduleSettings.FACTORY,
                raw,
                name -> ScheduleSettings.SHUT,
                reader -> ScheduleSettings.read(ConfigurationName.of(ScheduleSettings.FACTORY, raw), reader));
    }
}
