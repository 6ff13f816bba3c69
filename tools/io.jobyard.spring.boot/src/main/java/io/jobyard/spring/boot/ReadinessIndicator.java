// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import io.jobyard.client.JobyardClient;
import java.util.concurrent.CompletionException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Health indicator that asks the host whether it accepts jobs. Waits at most five seconds. */
final class ReadinessIndicator implements HealthIndicator {

    private final JobyardClient client;

    ReadinessIndicator(JobyardClient client) {
        this.client = client;
    }

    @Override
    public Health health() {
        try {
            client.ready().join();
            return Health.up().build();
        } catch (CompletionException e) {
            return Health.down()
                    .withDetail("reason", String.valueOf(e.getCause().getMessage()))
                    .build();
        }
    }
}
