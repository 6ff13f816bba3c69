// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the configuration of a named queue that does not exist yet. */
@Component(service = SettingsCheck.class)
public final class QueueCheck extends ParserCheck {

    public QueueCheck() {
        super(NamedQueueSettings.FACTORY, true, (name, reader) -> NamedQueueSettings.read(reader));
    }
}
