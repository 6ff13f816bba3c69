// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.broken;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A version of the word counter that does not come to life. */
@Component
@HandlesJob("word_count")
public final class Broken implements JobHandler {

    @Activate
    public Broken() {
        throw new IllegalStateException("the key file is missing");
    }

    @Override
    public Map<String, Object> handle(JobContext context) {
        return Map.of();
    }
}
