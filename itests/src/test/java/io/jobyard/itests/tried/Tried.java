// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.tried;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/**
 * Completes in version 1. Later versions wait for the file that the payload names, and fail then; a stubborn payload has them ignore
 * interrupts meanwhile.
 */
@Component
@HandlesJob("tried")
public final class Tried implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws InterruptedException {
        int major = FrameworkUtil.getBundle(Tried.class).getVersion().getMajor();
        if (major == 1) {
            return Map.of("version", major);
        }
        Path gate = Path.of(String.valueOf(context.payload().get("gate")));
        boolean isStubborn = Boolean.TRUE.equals(context.payload().get("stubborn"));
        while (!Files.exists(gate)) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                if (!isStubborn) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("version " + major + " is broken");
    }
}
