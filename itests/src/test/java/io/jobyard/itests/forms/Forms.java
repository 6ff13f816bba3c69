// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.forms;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** Gives its payload back, and fails where its bundle has the major version that the payload says is broken. */
@Component
@HandlesJob("forms")
public final class Forms implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        int major = FrameworkUtil.getBundle(Forms.class).getVersion().getMajor();
        if (String.valueOf(major).equals(String.valueOf(context.payload().get("broken")))) {
            throw new IllegalStateException("version " + major + " is broken");
        }
        return context.payload();
    }
}
