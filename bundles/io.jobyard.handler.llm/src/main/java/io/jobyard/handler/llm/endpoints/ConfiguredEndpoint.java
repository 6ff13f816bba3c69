// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.NamedSettings;
import io.jobyard.spi.Examiner;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tracks one configuration {@code io.jobyard.llm.endpoints-NAME}. */
@Component(
        immediate = true, // a delayed component would not learn why it is deactivated
        service = {ConfiguredEndpoint.class, Examiner.class},
        configurationPid = EndpointSettings.FACTORY,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EndpointConfiguration.class, factory = true)
public final class ConfiguredEndpoint extends NamedSettings<Endpoint> {

    @Activate
    public ConfiguredEndpoint(@Reference Instance instance, Map<String, Object> raw) {
        super(
                instance,
                EndpointSettings.FACTORY,
                raw,
                name -> Endpoint.shut(name.shown()),
                reader -> EndpointSettings.read(name(raw), reader));
    }

    /** Creates the component for tests. */
    public ConfiguredEndpoint(Map<String, Object> raw) {
        super(
                EndpointSettings.FACTORY,
                raw,
                name -> Endpoint.shut(name.shown()),
                reader -> EndpointSettings.read(name(raw), reader),
                LastGood.none());
    }

    private static String name(Map<String, Object> raw) {
        return ConfigurationName.of(EndpointSettings.FACTORY, raw).shown();
    }
}
