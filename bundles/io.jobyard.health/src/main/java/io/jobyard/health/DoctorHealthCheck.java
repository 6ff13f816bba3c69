// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** One health check over all that the doctor looks at; a line for each finding. */
@Component(property = {HealthCheck.NAME + "=Jobyard", HealthCheck.TAGS + "=jobs"})
public final class DoctorHealthCheck implements HealthCheck {

    private final AtomicReference<@Nullable StatusReporter> status = new AtomicReference<>();

    /** While the store is closed nobody reports, and that is worth knowing. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(StatusReporter reporter) {
        status.set(reporter);
    }

    void unbind(StatusReporter reporter) {
        status.compareAndSet(reporter, null);
    }

    @Override
    public Result execute() {
        StatusReporter present = status.get();
        if (present == null) {
            return new Result(
                    Result.Status.CRITICAL, "the store is not open: the host takes no jobs; its log says why");
        }
        List<Finding> findings = present.doctor();
        FormattingResultLog log = new FormattingResultLog();
        findings.forEach(finding -> log.warn("{}: {}; to do: {}", finding.subject(), finding.problem(), finding.fix()));
        if (findings.isEmpty()) {
            log.info("all is well");
        }
        return new Result(log);
    }
}
