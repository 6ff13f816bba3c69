// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.unmade;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Never comes to be. */
@Component
@HandlesJob("hanging")
public final class HangingConstructor implements JobHandler {

    @Activate
    public HangingConstructor() {
        while (true) {
            Thread.interrupted();
            LockSupport.park();
        }
    }

    @Override
    public Map<String, Object> handle(JobContext context) {
        return Map.of();
    }
}
