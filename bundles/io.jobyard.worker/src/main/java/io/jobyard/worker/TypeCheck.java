// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the configuration of a type whose handler is not available yet. */
@Component(service = SettingsCheck.class)
public final class TypeCheck extends ParserCheck {

    public TypeCheck() {
        super(TypeSettings.FACTORY, true, (name, reader) -> TypeSettings.read(reader));
    }
}
