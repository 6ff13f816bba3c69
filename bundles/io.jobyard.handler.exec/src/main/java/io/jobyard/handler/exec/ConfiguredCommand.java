// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Component that follows one configuration {@code io.jobyard.exec.commands-NAME}. */
@Component(
        immediate = true, // a delayed component deactivated by its last user would not learn the reason
        service = {ConfiguredCommand.class, Examiner.class},
        configurationPid = CommandSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CommandConfiguration.class, factory = true)
public final class ConfiguredCommand extends NamedSettings<CommandSettings> {

    @Activate
    public ConfiguredCommand(@Reference Instance instance, Map<String, Object> raw) {
        super(instance, CommandSettings.FACTORY, raw, name -> CommandSettings.NOTHING, CommandSettings::read);
    }
}
