// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.mcp}. */
@Component(
        service = {McpSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = McpSettings.PID)
@Designate(ocd = McpConfiguration.class)
public final class McpSettingsComponent extends Settings<McpSettings> {

    @Activate
    public McpSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(McpSettings.PID, McpSettings::read, LastGood.of(instance, McpSettings.PID));
        update(raw);
    }
}
