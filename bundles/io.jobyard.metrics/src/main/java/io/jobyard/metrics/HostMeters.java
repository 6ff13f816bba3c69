// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.StoreMaintenance;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gauges that ask the host at each reading. */
final class HostMeters {

    static final String JOBS = JobMeters.PREFIX + "jobs";
    static final String OLDEST = JobMeters.PREFIX + "ready.oldest";
    static final String LANES = JobMeters.PREFIX + "lanes";
    static final String SHUT = JobMeters.PREFIX + "lanes.shut";
    static final String FINDINGS = JobMeters.PREFIX + "findings";
    static final String WORKERS = JobMeters.PREFIX + "workers";
    static final String BUSY = JobMeters.PREFIX + "workers.busy";
    static final String STUCK = JobMeters.PREFIX + "workers.stuck";
    static final String READS = JobMeters.PREFIX + "store.reads";

    private HostMeters() {}

    static void register(
            MeterRegistry registry,
            StatusReporter status,
            QueueManager queue,
            RunMonitor runs,
            StoreMaintenance store) {
        for (JobStatus each : JobStatus.values()) {
            Gauge.builder(JOBS, status, reporter -> jobs(reporter, each))
                    .tag("status", each.text())
                    .strongReference(true)
                    .register(registry);
        }
        TimeGauge.builder(OLDEST, status, TimeUnit.MILLISECONDS, HostMeters::oldestMillis)
                .strongReference(true)
                .register(registry);
        Gauge.builder(LANES, queue, manager -> manager.lanes().size())
                .strongReference(true)
                .register(registry);
        Gauge.builder(SHUT, queue, HostMeters::shut).strongReference(true).register(registry);
        Gauge.builder(FINDINGS, status, HostMeters::findings)
                .strongReference(true)
                .register(registry);
        Gauge.builder(WORKERS, runs, monitor -> monitor.workers().size())
                .strongReference(true)
                .register(registry);
        Gauge.builder(BUSY, runs, monitor -> monitor.workers().busy())
                .strongReference(true)
                .register(registry);
        Gauge.builder(STUCK, runs, monitor -> monitor.workers().stuck())
                .strongReference(true)
                .register(registry);
        FunctionTimer.builder(
                        READS,
                        store,
                        kept -> kept.reads().count(),
                        kept -> kept.reads().total().toNanos(),
                        TimeUnit.NANOSECONDS)
                .register(registry);
    }

    private static double jobs(StatusReporter reporter, JobStatus status) {
        return reporter.statistics().byStatus().getOrDefault(status, 0L);
    }

    private static double oldestMillis(StatusReporter reporter) {
        Duration oldest = reporter.statistics().oldestReady();
        return oldest == null ? 0 : oldest.toMillis();
    }

    private static double findings(StatusReporter reporter) {
        return reporter.doctor().stream().filter(finding -> !finding.note()).count();
    }

    private static double shut(QueueManager manager) {
        return manager.lanes().stream()
                .map(LaneView::shutBy)
                .filter(gates -> !gates.isEmpty())
                .count();
    }
}
