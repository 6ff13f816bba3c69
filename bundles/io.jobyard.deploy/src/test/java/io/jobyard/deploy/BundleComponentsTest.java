// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DeployedFile.State;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.Stub;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class BundleComponentsTest {

    private static final Bundle BUNDLE = Stub.<Bundle>of(Bundle.class).get();

    private final ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    private final ComponentConfigurationDTO configured = new ComponentConfigurationDTO();

    private Optional<DeployOutcome> trouble(String service, int state) {
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "Shop";
        reference.interfaceName = "com.acme.Shop";
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "Shop";
        component.name = "com.acme.Orders";
        component.serviceInterfaces = new String[] {service};
        component.properties = Map.of(HandlesJob.TYPE, "order");
        component.references = new ReferenceDTO[] {reference};
        component.configurationPolicy = "optional";
        component.configurationPid = new String[] {"com.acme.orders"};
        configured.state = state;
        configured.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        return new BundleComponents(Stub.<ServiceComponentRuntime>of(ServiceComponentRuntime.class)
                        .with("getComponentDescriptionDTOs", List.of(component))
                        .with("getComponentConfigurationDTOs", (Collection<?>) List.of(configured))
                        .with("isComponentEnabled", true)
                        .get())
                .trouble(BUNDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.servlet.Servlet", "jakarta.servlet.Filter", "io.jobyard.api.handler.JobHandler"})
    void whatTheHostCallsIsMissedWithTheServiceForWhichItWaits(String service) {
        assertThat(trouble(service, ComponentConfigurationDTO.UNSATISFIED_REFERENCE))
                .hasValueSatisfying(outcome -> {
                    assertThat(outcome.state()).isEqualTo(State.REFUSED);
                    assertThat(outcome.toString())
                            .contains("component com.acme.Orders waits for service com.acme.Shop")
                            .contains("copy a bundle that provides it into deploy/ too");
                });
        assertThat(trouble(service, ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION))
                .hasValueSatisfying(
                        outcome -> assertThat(outcome.toString()).contains("write etc/com.acme.orders.cfg"));
    }

    @Test
    void whatOthersCallMayWait() {
        assertThat(trouble("java.lang.Runnable", ComponentConfigurationDTO.UNSATISFIED_REFERENCE))
                .isEmpty();
        assertThat(trouble(JobHandler.class.getName(), ComponentConfigurationDTO.SATISFIED))
                .isEmpty();
        assertThat(trouble("jakarta.servlet.Servlet", ComponentConfigurationDTO.ACTIVE))
                .isEmpty();
    }
}
