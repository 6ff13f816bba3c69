// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.HostQueries;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.store.StoreMaintenance;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Gauges that query the host at each reading. */
final class HostMeters {

    static final String JOBS = JobMeters.PREFIX + "jobs";
    static final String OLDEST = JobMeters.PREFIX + "ready.oldest";
    static final String LANES = JobMeters.PREFIX + "lanes";
    static final String SHUT = JobMeters.PREFIX + "lanes.shut";
    static final String FINDINGS = JobMeters.PREFIX + "findings";
    static final String WORKERS = JobMeters.PREFIX + "workers";
    static final String BUSY = JobMeters.PREFIX + "workers.busy";
    static final String ASYNC = JobMeters.PREFIX + "async";
    static final String WAITING = JobMeters.PREFIX + "async.busy";
    static final String BYTES = JobMeters.PREFIX + "async.bytes";
    static final String STUCK = JobMeters.PREFIX + "workers.stuck";
    static final String LATE = JobMeters.PREFIX + "results.late";
    static final String READS = JobMeters.PREFIX + "store.reads";
    static final String STALLED = JobMeters.PREFIX + "store.commits.stalled";
    static final String FAILED = JobMeters.PREFIX + "store.commits.failed";
    static final String LISTENERS = JobMeters.PREFIX + "store.listeners.failed";

    private HostMeters() {}

    static void register(
            MeterRegistry registry, HostQueries status, ReadyLanes lanes, RunMonitor runs, StoreMaintenance store) {
        for (JobStatus each : JobStatus.values()) {
            Gauge.builder(JOBS, status, reporter -> jobs(reporter, each))
                    .tag("status", each.text())
                    .strongReference(true)
                    .register(registry);
        }
        TimeGauge.builder(OLDEST, status, TimeUnit.MILLISECONDS, HostMeters::oldestMillis)
                .strongReference(true)
                .register(registry);
        gauge(registry, LANES, lanes, ready -> ready.all().size());
        gauge(registry, SHUT, lanes, HostMeters::shut);
        gauge(registry, FINDINGS, status, HostMeters::findings);
        gauge(registry, WORKERS, runs, monitor -> monitor.workers().size().threads());
        gauge(registry, BUSY, runs, monitor -> monitor.workers().busy().threads());
        gauge(registry, ASYNC, runs, monitor -> monitor.workers().size().async());
        gauge(registry, WAITING, runs, monitor -> monitor.workers().busy().async());
        gauge(registry, BYTES, runs, monitor -> monitor.workers().asyncBytes());
        gauge(registry, STUCK, runs, monitor -> monitor.workers().stuck());
        counter(registry, LATE, runs, monitor -> monitor.workers().lateResults());
        FunctionTimer.builder(
                        READS,
                        store,
                        kept -> kept.reads().count(),
                        kept -> kept.reads().total().toNanos(),
                        TimeUnit.NANOSECONDS)
                .register(registry);
        TimeGauge.builder(
                        STALLED,
                        store,
                        TimeUnit.MILLISECONDS,
                        kept -> kept.commits().stalledFor().toMillis())
                .strongReference(true)
                .register(registry);
        counter(registry, FAILED, store, kept -> kept.commits().failures());
        counter(registry, LISTENERS, store, kept -> kept.commits().failedListeners());
    }

    private static <T> void counter(MeterRegistry registry, String name, T asked, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, asked, value).register(registry);
    }

    private static <T> void gauge(MeterRegistry registry, String name, T asked, ToDoubleFunction<T> value) {
        Gauge.builder(name, asked, value).strongReference(true).register(registry);
    }

    private static double jobs(HostQueries reporter, JobStatus status) {
        return reporter.statistics().byStatus().getOrDefault(status, 0L);
    }

    private static double oldestMillis(HostQueries reporter) {
        Duration oldest = reporter.statistics().oldestReady();
        return oldest == null ? 0 : oldest.toMillis();
    }

    private static double findings(HostQueries reporter) {
        return reporter.doctor().stream().filter(finding -> !finding.note()).count();
    }

    private static double shut(ReadyLanes lanes) {
        return lanes.all().stream()
                .map(LaneView::shutBy)
                .filter(gates -> !gates.isEmpty())
                .count();
    }
}
