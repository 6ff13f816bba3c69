// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.client.JobyardClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ActuatorTest {

    private HostFixture host;
    private ApplicationContextRunner application;

    @BeforeEach
    void begin() throws IOException {
        host = new HostFixture();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JobyardAutoConfiguration.class))
                .withPropertyValues("jobyard.url=" + host.url());
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void aReadyHostIsUp() {
        host.on("/readyz", 200, "text/plain", "ready\n");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aHostThatIsNotReadyIsDownWithItsReason() {
        host.on("/readyz", 503, "text/plain", "the store is not open\n");
        assertThat(health())
                .isEqualTo(Health.down()
                        .withDetail("reason", "the host is not ready: the store is not open")
                        .build());
    }

    @Test
    void anUnavailableHostIsDown() {
        host.close();
        Health health = health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("reason")).asString().contains("no connection at " + host.url());
    }

    @Test
    void aPropertyDisablesTheIndicator() {
        application
                .withPropertyValues("management.health.jobyard.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HealthIndicator.class)
                        .hasSingleBean(JobyardClient.class));
    }

    @Test
    void requestsAreTimedByMethodAndStatus() {
        application
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class))
                .run(context -> {
                    JobyardClient client = context.getBean(JobyardClient.class);
                    client.job("7").join();
                    client.job("7").join();
                    assertThat(client.job("missing")).failsWithin(Duration.ofSeconds(10));
                    MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
                    assertThat(timer(registry, "200").count()).isEqualTo(2);
                    assertThat(timer(registry, "404").count()).isEqualTo(1);
                });
    }

    @Test
    void aRequestWithoutAnAnswerIsTimedByItsCode() {
        host.close();
        application
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("jobyard.timeout=100ms")
                .run(context -> {
                    assertThat(context.getBean(JobyardClient.class).job("7")).failsWithin(Duration.ofSeconds(10));
                    assertThat(timer(context.getBean(MeterRegistry.class), "unreachable")
                                    .count())
                            .isPositive();
                });
    }

    private static Timer timer(MeterRegistry registry, String status) {
        return registry.get("jobyard.client.requests")
                .tags("method", "GET", "status", status)
                .timer();
    }

    private Health health() {
        Health[] health = new Health[1];
        application.run(
                context -> health[0] = context.getBean(HealthIndicator.class).health());
        return health[0];
    }
}
