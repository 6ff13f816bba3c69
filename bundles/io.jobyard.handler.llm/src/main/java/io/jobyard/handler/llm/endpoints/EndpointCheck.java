// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Check of a new endpoint configuration. */
@Component(service = SettingsCheck.class)
public final class EndpointCheck extends ParserCheck {

    public EndpointCheck() {
        super(EndpointSettings.FACTORY, true, (name, reader) -> EndpointSettings.read(name.shown(), reader));
    }
}
