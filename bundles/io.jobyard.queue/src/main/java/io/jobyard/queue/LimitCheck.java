// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the configuration of a limit that does not exist yet. */
@Component(service = SettingsCheck.class)
public final class LimitCheck extends ParserCheck {

    public LimitCheck() {
        super(LimitSettings.FACTORY, true, (name, reader) -> LimitSettings.read(reader));
    }
}
