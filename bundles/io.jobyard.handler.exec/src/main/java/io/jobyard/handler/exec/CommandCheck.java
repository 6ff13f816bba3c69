// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of a new command configuration. */
@Component(service = SettingsCheck.class)
public final class CommandCheck extends ParserCheck {

    public CommandCheck() {
        super(CommandSettings.FACTORY, true, (name, reader) -> CommandSettings.read(reader));
    }
}
