// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

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

/** Component that follows the configuration {@code io.jobyard.handler.http}. */
@Component(
        service = {HttpRequestSettingsComponent.class, Examiner.class, SettingsCheck.class},
        configurationPid = HttpRequestSettings.PID)
@Designate(ocd = HttpRequestConfiguration.class)
public final class HttpRequestSettingsComponent extends Settings<HttpRequestSettings> {

    @Activate
    public HttpRequestSettingsComponent(@Reference Instance instance, Map<String, Object> raw) {
        super(HttpRequestSettings.PID, HttpRequestSettings::read, LastGood.of(instance, HttpRequestSettings.PID));
        update(raw);
    }
}
