// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of the configuration of a schedule that does not exist yet. */
@Component(service = SettingsCheck.class)
public final class ScheduleCheck extends ParserCheck {

    public ScheduleCheck() {
        super(ScheduleSettings.FACTORY, true, ScheduleSettings::read);
    }
}
