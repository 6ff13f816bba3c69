// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobManager;
import io.jobyard.api.RequestServices;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Caller;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Uses the caller that {@link WebGuard} has identified. */
@Component
public final class CallerServices implements RequestServices {

    private final JobManagers jobs;
    private final StatusReporters reporters;

    @Activate
    public CallerServices(@Reference JobManagers jobs, @Reference StatusReporters reporters) {
        this.jobs = jobs;
        this.reporters = reporters;
    }

    @Override
    public JobManager jobManager(Function<String, @Nullable Object> attributes) {
        return jobs.of(caller(attributes));
    }

    @Override
    public StatusReporter statusReporter(Function<String, @Nullable Object> attributes) {
        return reporters.of(caller(attributes));
    }

    private static Caller caller(Function<String, @Nullable Object> attributes) {
        if (attributes.apply(WebGuard.CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new AccessException(
                "this request is not signed in: serve it at a path that requires a token or a session, in the context "
                        + WebContext.NAME,
                "sign_in");
    }
}
