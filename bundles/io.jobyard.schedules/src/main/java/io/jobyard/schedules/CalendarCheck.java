// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Check of the configuration of a calendar that does not exist yet. */
@Component(service = SettingsCheck.class)
public final class CalendarCheck extends ParserCheck {

    @Activate
    public CalendarCheck(@Reference Clock clock) {
        super(CalendarRules.FACTORY, true, (name, reader) -> CalendarRules.read(reader, clock.instant()));
    }
}
