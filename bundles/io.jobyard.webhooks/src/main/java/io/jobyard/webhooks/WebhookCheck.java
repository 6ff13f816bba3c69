// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of a new webhook configuration. */
@Component(service = SettingsCheck.class)
public final class WebhookCheck extends ParserCheck {

    public WebhookCheck() {
        super(WebhookSettings.FACTORY, true, (name, reader) -> WebhookSettings.read(reader));
    }
}
