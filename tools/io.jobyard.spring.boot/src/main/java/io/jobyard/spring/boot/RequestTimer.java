// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import io.jobyard.client.ClientObserver;
import io.jobyard.client.ObservedRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Timer of the client's requests, by method and status. The status is the client's code if there is no answer. */
final class RequestTimer implements ClientObserver {

    private final MeterRegistry registry;

    RequestTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void requested(ObservedRequest request) {
        String code = request.code();
        Timer.builder("jobyard.client.requests")
                .description("HTTP requests to the Jobyard host")
                .tag("method", request.method())
                .tag("status", code == null ? String.valueOf(request.status()) : code)
                .register(registry)
                .record(request.duration());
    }
}
