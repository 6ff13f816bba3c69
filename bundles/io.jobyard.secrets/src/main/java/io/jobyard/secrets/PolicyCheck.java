// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of a new policy configuration. */
@Component(service = SettingsCheck.class)
public final class PolicyCheck extends ParserCheck {

    public PolicyCheck() {
        super(SecretPolicies.FACTORY, true, (name, reader) -> PolicySettings.read(reader));
    }
}
