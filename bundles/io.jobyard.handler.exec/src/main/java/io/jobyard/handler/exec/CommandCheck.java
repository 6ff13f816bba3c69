// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the configuration of a command that is not there yet. */
@Component(service = SettingsCheck.class)
public final class CommandCheck extends ParserCheck {

    public CommandCheck() {
        super(CommandSettings.FACTORY, true, (name, reader) -> CommandSettings.read(reader));
    }
}
