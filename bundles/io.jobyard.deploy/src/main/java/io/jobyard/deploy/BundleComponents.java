// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finder of failed components, and of the missing requirements of handlers and servlets. */
final class BundleComponents {

    private static final Logger LOG = LoggerFactory.getLogger(BundleComponents.class);

    private static final Set<String> HANDLERS = Set.of(
            JobHandler.class.getName(),
            AsyncJobHandler.class.getName(),
            TypedJobHandler.class.getName(),
            TypedAsyncJobHandler.class.getName());

    /** Services that the host calls. A bundle whose servlet waits is not deployed successfully. */
    private static final Set<String> SERVLETS = Set.of("jakarta.servlet.Servlet", "jakarta.servlet.Filter");

    private final ServiceComponentRuntime runtime;

    BundleComponents(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** Returns why a handler or a servlet is not offered; empty if all are. */
    Optional<DeployOutcome> trouble(Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .map(this::trouble)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Disables and enables each failed component whose failure may have ended. The bundle's other components keep
     * running.
     */
    void retry(Bundle bundle) {
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            boolean mayWork = runtime.getComponentConfigurationDTOs(component).stream()
                    .filter(configured -> configured.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                    .anyMatch(
                            configured -> HealingFailure.of(configured.failure).isPresent());
            if (mayWork) {
                runtime.disableComponent(component).then(disabled -> runtime.enableComponent(component));
            }
        }
    }

    private Optional<DeployOutcome> trouble(ComponentDescriptionDTO component) {
        boolean isHandler = isHandler(component);
        if (isHandler
                && Stream.of(HandlesJob.TYPE, HandlesJob.ANNOTATED_TYPE).noneMatch(component.properties::containsKey)) {
            return refused(component, "names no job type", "annotate it with @HandlesJob(\"TYPE\")");
        }
        boolean isNeeded = isHandler || offers(component, SERVLETS);
        for (ComponentConfigurationDTO configured : runtime.getComponentConfigurationDTOs(component)) {
            if (configured.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                LOG.debug("Component {} of {}: {}", component.name, component.bundle.symbolicName, configured.failure);
                return Optional.of(DeployOutcome.threw("activation of " + component.name, configured.failure));
            } else if (isNeeded && configured.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                return refused(
                        component,
                        "waits for " + services(component, configured),
                        "copy a bundle that provides it into deploy/ too");
            } else if (isNeeded && configured.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                return unconfigured(component);
            }
        }
        boolean isWaiting = isNeeded
                && "require".equals(component.configurationPolicy)
                && runtime.isComponentEnabled(component)
                && runtime.getComponentConfigurationDTOs(component).isEmpty();
        return isWaiting ? unconfigured(component) : Optional.empty();
    }

    /**
     * Returns a handler that could not be created, because some failures are visible only as a missing service.
     * Otherwise, returns a handler that the host has not accepted yet, which may happen in another thread.
     */
    Optional<DeployOutcome> missing(Bundle bundle, long came) {
        List<ComponentDescriptionDTO> handlers = runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(BundleComponents::isHandler)
                .filter(runtime::isComponentEnabled)
                .toList();
        long all = handlers.stream()
                .mapToLong(handler ->
                        runtime.getComponentConfigurationDTOs(handler).size())
                .sum();
        return all <= came
                ? Optional.empty()
                : handlers.stream()
                        .map(handler -> unmade(bundle, handler))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(() -> Optional.of(DeployOutcome.ARRIVING));
    }

    private static Optional<DeployOutcome> unmade(Bundle bundle, ComponentDescriptionDTO handler) {
        try {
            bundle.loadClass(handler.implementationClass);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.debug("Component {} of {}", handler.name, bundle, e);
            return Optional.of(DeployOutcome.threw("activation of " + handler.name, e));
        }
    }

    private static boolean isHandler(ComponentDescriptionDTO component) {
        return offers(component, HANDLERS);
    }

    private static boolean offers(ComponentDescriptionDTO component, Set<String> services) {
        return Stream.of(component.serviceInterfaces).anyMatch(services::contains);
    }

    private static String services(ComponentDescriptionDTO component, ComponentConfigurationDTO configured) {
        return Stream.of(configured.unsatisfiedReferences)
                .map(missing -> Stream.of(component.references)
                                .filter(reference -> reference.name.equals(missing.name))
                                .map(reference -> "service " + reference.interfaceName)
                                .findFirst()
                                .orElse("reference " + missing.name)
                        + (missing.target == null ? "" : " " + missing.target))
                .collect(Collectors.joining(", "));
    }

    private static Optional<DeployOutcome> unconfigured(ComponentDescriptionDTO component) {
        String pid = component.configurationPid[0];
        return refused(component, "waits for configuration " + pid, "write etc/" + pid + ".cfg");
    }

    private static Optional<DeployOutcome> refused(ComponentDescriptionDTO component, String what, String fix) {
        return Optional.of(DeployOutcome.refused("component " + component.name + " " + what, fix));
    }
}
