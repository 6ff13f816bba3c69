// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.time.Clock;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks one configuration {@code io.jobyard.calendars-NAME}. */
@Component(
        immediate = true, // a delayed component would stop with its last user, without a deactivation reason
        service = {ConfiguredCalendar.class, Examiner.class},
        configurationPid = CalendarRules.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CalendarConfiguration.class, factory = true)
public final class ConfiguredCalendar extends NamedSettings<CalendarRules> {

    @Activate
    public ConfiguredCalendar(@Reference Instance instance, @Reference Clock clock, Map<String, Object> raw) {
        super(
                instance,
                CalendarRules.FACTORY,
                raw,
                name -> CalendarRules.SHUT,
                reader -> CalendarRules.read(reader, clock.instant()));
    }
}
