// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DeployedFile.State;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.RefusedHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Each bundle has one component that offers a handler, but for a library, which has none. */
class ActivatedBundlesTest {

    private static final long LIBRARY = 9;
    private static final Bundle ONE = bundle(1);
    private static final Bundle TWO = bundle(2);

    private final FakeHandlerCatalog catalog = new FakeHandlerCatalog();
    private final ActivatedBundles bundles = new ActivatedBundles(new BundleComponents(runtime()), () -> catalog);

    @Test
    void aHandlerThatTheHostHasNotTakenYetIsAwaited() {
        DeployOutcome outcome = bundles.outcome(TWO, null);
        assertThat(outcome.state()).isEqualTo(State.WAITING);
        assertThat(outcome.detail()).isEqualTo("the host is registering its handlers");
        assertThat(outcome.takesOver()).isFalse();

        catalog.refused.add(new RefusedHandler("work", 2, "its schema is invalid"));
        assertThat(bundles.outcome(TWO, null).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aLibraryWaitsForTheHandlersOfWhatItIsToReplace() {
        assertThat(bundles.outcome(bundle(LIBRARY), null)).isEqualTo(DeployOutcome.resolved());
        assertThat(bundles.outcome(bundle(LIBRARY), ONE).state()).isEqualTo(State.WAITING);
        catalog.handlers.add(new HandlerInfo("work", "1.0.0", "com.acme.b1 1.0.0", "active", 0, 1));
        assertThat(bundles.outcome(bundle(LIBRARY), ONE).detail())
                .isEqualTo("it has no handler, but the jar that it would replace has one");
    }

    private static ServiceComponentRuntime runtime() {
        ComponentDescriptionDTO handler = new ComponentDescriptionDTO();
        handler.name = "work";
        handler.implementationClass = ActivatedBundlesTest.class.getName();
        handler.serviceInterfaces = new String[] {JobHandler.class.getName()};
        handler.properties = Map.of(HandlesJob.TYPE, "work");
        handler.configurationPolicy = "optional";
        ComponentConfigurationDTO satisfied = new ComponentConfigurationDTO();
        satisfied.state = ComponentConfigurationDTO.SATISFIED;
        return Stub.<ServiceComponentRuntime>of(ServiceComponentRuntime.class)
                .on("getComponentDescriptionDTOs", arguments -> {
                    Bundle of = ((Bundle[]) arguments[0])[0];
                    return of.getBundleId() == LIBRARY ? List.of() : List.of(handler);
                })
                .with("getComponentConfigurationDTOs", (Collection<?>) List.of(satisfied))
                .with("isComponentEnabled", true)
                .get();
    }

    private static Bundle bundle(long id) {
        return Stub.<Bundle>of(Bundle.class)
                .with("getBundleId", id)
                .with("loadClass", ActivatedBundlesTest.class)
                .get();
    }
}
