// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.handlers.RefusedHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Who is asked what jobs are expected to use. */
class EstimatorRegistryTest {

    private final EstimatorRegistry estimators = new EstimatorRegistry();
    private final List<Object> came = new ArrayList<>();

    @Test
    void theHighestRankingOneOfTheTypeIsAskedAndTheNextWhenItGoes() {
        ServiceReference<JobEstimator> low =
                come(Map.of(EstimatesJob.ANNOTATED_TYPE, "work"), payload -> Map.of("tokens", 1.0));
        ServiceReference<JobEstimator> high =
                come(Map.of(EstimatesJob.TYPE, "work"), payload -> Map.of("tokens", (double) payload.size()));
        come(Map.of(EstimatesJob.TYPE, "other"), payload -> Map.of("tokens", 9.0));

        assertThat(estimators.estimate("work", "{\"a\":1,\"b\":2}")).isEqualTo(Map.of("tokens", 2.0));
        estimators.unbind(high);
        assertThat(estimators.estimate("work", "{}")).isEqualTo(Map.of("tokens", 1.0));
        estimators.unbind(low);
        assertThat(estimators.estimate("work", "{}")).isEmpty();
    }

    @Test
    void itHasACopyOfThePayloadAndItsOwnClassLoaderAsContextLoader() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try {
            come(Map.of(EstimatesJob.TYPE, "work"), payload -> {
                assertThat(payload.remove("text")).isEqualTo("x");
                assertThat(Thread.currentThread().getContextClassLoader())
                        .isSameAs(EstimatorRegistryTest.class.getClassLoader());
                return new HashMap<>(Map.of("tokens", 1.0));
            });
            assertThat(estimators.estimate("work", "{\"text\":\"x\"}")).isEqualTo(Map.of("tokens", 1.0));
            assertThat(Thread.currentThread().getContextClassLoader()).isNull();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void whatItThrowsIsThrown() {
        come(Map.of(EstimatesJob.TYPE, "work"), payload -> {
            throw new ArithmeticException();
        });
        assertThatThrownBy(() -> estimators.estimate("work", "{}")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void oneWithoutATypeIsLeftOutAndToldAsAFaultOfItsBundle() {
        ServiceReference<JobEstimator> typeless = come(Map.of(EstimatesJob.TYPE, " "), payload -> Map.of());
        assertThat(estimators.refused())
                .extracting(RefusedHandler::reason)
                .singleElement()
                .asString()
                .endsWith(": its property job.estimates is empty; annotate it with @EstimatesJob(\"TYPE\")");
        estimators.unbind(typeless);
        assertThat(estimators.refused()).isEmpty();
    }

    /** Later ones rank higher. */
    private ServiceReference<JobEstimator> come(Map<String, Object> properties, JobEstimator estimator) {
        int rank = came.size();
        Bundle owner = Stub.<Bundle>of(Bundle.class)
                .with("getSymbolicName", "com.acme")
                .with("getVersion", Version.parseVersion("1.0.0"))
                .with("getBundleId", 7L)
                .get();
        ServiceReference<JobEstimator> reference = Stub.<ServiceReference<JobEstimator>>of(ServiceReference.class)
                .on("getProperty", arguments -> properties.get(arguments[0]))
                .with("getBundle", owner)
                .on("compareTo", other -> Integer.compare(rank, came.indexOf(other[0])))
                .get();
        came.add(reference);
        estimators.bind(estimator, reference);
        return reference;
    }
}
