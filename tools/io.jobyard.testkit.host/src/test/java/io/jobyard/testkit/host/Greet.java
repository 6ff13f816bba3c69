// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;

@HandlesJob(value = "greet", version = "1.2.3")
final class Greet implements JobHandler {

    record Payload(String name, int times) {}

    @Override
    public Map<String, Object> handle(JobContext context) {
        Payload payload = context.payload(Payload.class);
        context.progress(1, 2, "greeting");
        context.log("greeted " + payload.name());
        context.used("tokens", 3);
        context.used("tokens", 4.5);
        return Map.of("greeting", "hello " + payload.name());
    }
}
