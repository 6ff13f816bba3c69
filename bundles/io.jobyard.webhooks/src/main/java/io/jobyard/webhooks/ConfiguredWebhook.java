// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Component that follows one configuration {@code io.jobyard.webhooks-NAME}. */
@Component(
        immediate = true, // a delayed component deactivated by its last user would not learn the reason
        service = {ConfiguredWebhook.class, Examiner.class},
        configurationPid = WebhookSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebhookConfiguration.class, factory = true)
public final class ConfiguredWebhook extends NamedSettings<WebhookSettings> {

    @Activate
    public ConfiguredWebhook(@Reference Instance instance, Map<String, Object> raw) {
        super(instance, WebhookSettings.FACTORY, raw, name -> WebhookSettings.SHUT, WebhookSettings::read);
    }
}
