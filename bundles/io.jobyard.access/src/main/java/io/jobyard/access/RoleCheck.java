// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of a new role configuration. */
@Component(service = SettingsCheck.class)
public final class RoleCheck extends ParserCheck {

    public RoleCheck() {
        super(RoleSettings.FACTORY, true, (name, reader) -> RoleSettings.read(reader));
    }
}
