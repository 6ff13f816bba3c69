// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of the secrets directory's configuration. */
@Component(service = SettingsCheck.class)
public final class SecretsCheck extends ParserCheck {

    public SecretsCheck() {
        super(SecretsSettings.PID, SecretsSettings::read);
    }
}
