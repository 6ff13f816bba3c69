// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobManager;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.JobManagers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Who gets which service. */
class InternalServicesTest {

    private static final Bundle SCHEDULER =
            bundle("io.jobyard.scheduler", "reference:file:///opt/jobyard/bundles/20/s.jar");
    private static final Bundle STORE =
            bundle("io.jobyard.store.jpa", "reference:file:///opt/jobyard/bundles/20/j.jar");
    private static final Bundle SHELL = bundle("io.jobyard.shell", "reference:file:///opt/jobyard/bundles/20/h.jar");
    private static final Bundle ACME = bundle("com.acme.reports", "file:///srv/deploy/reports.jar");
    private static final Bundle PRETENDER = bundle("io.jobyard.worker", "file:///srv/deploy/worker.jar");

    private final AccessFixture given = new AccessFixture();
    private final InternalServices hook =
            new InternalServices(new ProgramBundles("/opt/jobyard"), given.settings, given.registry());

    @Test
    void theInternalServicesAreForTheProgramsOwnBundles() {
        ServiceReference<?> managers = service(SCHEDULER, Map.of(), JobManagers.class.getName());
        assertThat(has(SHELL, managers)).isTrue();
        assertThat(has(ACME, managers)).isFalse();
        assertThat(has(PRETENDER, managers)).as("a name alone is no program").isFalse();
        assertThat(has(ACME, service(SHELL, Map.of(), "io.jobyard.shell.Callers")))
                .as("of no API")
                .isFalse();
        assertThat(has(ACME, service(STORE, Map.of(), "javax.sql.DataSource")))
                .as("all jobs by SQL")
                .isFalse();
    }

    @Test
    void whatIsForEverybodyStays() {
        assertThat(has(ACME, service(SCHEDULER, Map.of(), JobManager.class.getName())))
                .isTrue();
        assertThat(has(ACME, service(ACME, Map.of(), "io.jobyard.handler.llm.api.LlmTool")))
                .isTrue();
        assertThat(has(SHELL, service(ACME, Map.of(), "io.jobyard.handler.llm.api.LlmTool")))
                .isTrue();
        assertThat(has(ACME, service(SCHEDULER, Map.of(), "java.time.Clock"))).isTrue();
        Map<String, Object> command = Map.of("osgi.command.scope", "job");
        assertThat(has(ACME, service(SHELL, command, "io.jobyard.shell.JobCommand")))
                .isTrue();
    }

    @Test
    void othersOfferNoInternalServiceEither() {
        ServiceReference<?> gate = service(ACME, Map.of(), "io.jobyard.spi.queue.Gate");
        assertThat(has(SCHEDULER, gate)).isFalse();
        assertThat(has(ACME, gate)).as("its own").isTrue();
    }

    @Test
    void aBundleThatIsNamedCountsAsTheProgramsOwn() {
        ServiceReference<?> managers = service(SCHEDULER, Map.of(), JobManagers.class.getName());
        given.settings.update(Map.of("program.bundles", "com.acme.*"));
        assertThat(has(ACME, managers)).isTrue();
        assertThat(has(SCHEDULER, service(ACME, Map.of(), "io.jobyard.spi.queue.Gate")))
                .isTrue();
        given.settings.update(Map.of("program.bundles", "com.acme.other"));
        assertThat(has(ACME, managers)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.jobyard.api.handler.JobInterceptor", "io.jobyard.operations.api.OperationProvider"})
    void interceptorsAndOperationsOfABundleThatMayNotAdministerAreNotSeen(String type) {
        ServiceReference<?> interceptor = service(ACME, Map.of(), type);
        given.settings.update(Map.of());
        assertThat(has(SCHEDULER, interceptor)).as("bundles.default = all").isTrue();
        given.settings.update(Map.of("bundles.default", "none"));
        assertThat(has(SCHEDULER, interceptor)).isFalse();
        assertThat(has(SCHEDULER, service(SHELL, Map.of(), type)))
                .as("such as that of the secrets")
                .isTrue();
        given.role("tracing", "members", "bundle:com.acme.reports", "permissions", "admin");
        assertThat(has(SCHEDULER, interceptor)).isTrue();
    }

    private boolean has(Bundle asking, ServiceReference<?> reference) {
        List<ServiceReference<?>> found = new ArrayList<>(List.of(reference));
        hook.find(
                Stub.<BundleContext>of(BundleContext.class)
                        .with("getBundle", asking)
                        .get(),
                null,
                null,
                false,
                found);
        return !found.isEmpty();
    }

    private static ServiceReference<?> service(Bundle offering, Map<String, Object> properties, String... types) {
        return Stub.<ServiceReference<?>>of(ServiceReference.class)
                .with("getBundle", offering)
                .on(
                        "getProperty",
                        arguments -> arguments[0].equals(Constants.OBJECTCLASS) ? types : properties.get(arguments[0]))
                .get();
    }

    private static Bundle bundle(String name, String location) {
        return Stub.<Bundle>of(Bundle.class)
                .with("getSymbolicName", name)
                .with("getLocation", location)
                .with("getBundleId", 7L)
                .get();
    }
}
