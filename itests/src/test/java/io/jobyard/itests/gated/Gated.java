// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.gated;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Runs until the file {@code gate} is there, so that a test says when a run ends. */
@Component
@HandlesJob("gated")
public final class Gated implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws InterruptedException {
        Path gate = Path.of(String.valueOf(context.payload().get("gate")));
        while (!Files.exists(gate)) {
            Thread.sleep(20);
        }
        return Map.of();
    }
}
