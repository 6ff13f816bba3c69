// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Caller;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** A Felix health check for each subject of the doctor; a line for each finding. */
@Component(service = {})
public final class HealthChecks {

    private static final Caller HOST = Caller.administrator(HistoryEvent.HOST);

    private final AtomicReference<@Nullable StatusReporters> status = new AtomicReference<>();
    private List<ServiceRegistration<HealthCheck>> checks = List.of();

    /** Absent while the store is closed, which is a result too. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(StatusReporters reporters) {
        status.set(reporters);
    }

    void unbind(StatusReporters reporters) {
        status.compareAndSet(reporters, null);
    }

    @Activate
    void start(BundleContext context) {
        checks = Arrays.stream(Subject.values())
                .map(subject -> context.registerService(
                        HealthCheck.class,
                        () -> execute(subject),
                        new Hashtable<>(Map.of(HealthCheck.NAME, "Jobyard " + subject.word, HealthCheck.TAGS, "jobs"))))
                .toList();
    }

    @Deactivate
    void stop() {
        checks.forEach(ServiceRegistration::unregister);
    }

    Result execute(Subject subject) {
        StatusReporters present = status.get();
        if (present == null) {
            return subject == Subject.STORE
                    ? new Result(Result.Status.CRITICAL, "it is not open: the host takes no jobs; its log says why")
                    : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "not looked at: the store is not open");
        }
        FormattingResultLog log = new FormattingResultLog();
        List<Finding> findings = present.of(HOST).doctor().stream()
                .filter(finding -> Subject.of(finding) == subject)
                .toList();
        findings.forEach(finding -> tell(finding, log));
        if (findings.stream().allMatch(Finding::note)) {
            log.info("all is well");
        }
        return new Result(log);
    }

    private static void tell(Finding finding, FormattingResultLog log) {
        if (finding.note()) {
            log.info("{}: {}; {}", finding.subject(), finding.problem(), finding.fix());
        } else {
            log.warn("{}: {}; to do: {}", finding.subject(), finding.problem(), finding.fix());
        }
    }
}
