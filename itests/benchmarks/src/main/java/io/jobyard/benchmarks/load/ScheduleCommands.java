// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.handler.JobContext;
import io.jobyard.benchmarks.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands about many schedules. */
@Component(
        service = ScheduleCommands.class,
        property = {
            "osgi.command.scope=bench",
            "osgi.command.function=idle",
            "osgi.command.function=schedule",
            "osgi.command.function=late"
        })
public final class ScheduleCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES = 200;

    private final BundleContext context;
    private final ScheduleManager schedules;

    @Activate
    public ScheduleCommands(BundleContext context, @Reference ScheduleManager schedules) {
        this.context = context;
        this.schedules = schedules;
    }

    /** Lets so much time pass. */
    public String idle(int seconds) throws Exception {
        return JSON.writeValueAsString(Measured.of(seconds, () -> TimeUnit.SECONDS.sleep(seconds)));
    }

    /** Adds so many schedules, or changes them, whose times lie evenly in their interval from a moment on. */
    public String schedule(int count, long everySeconds, boolean isChange, int inSeconds) throws Exception {
        Duration every = Duration.ofSeconds(everySeconds);
        Instant begin = Instant.now().plusSeconds(inSeconds);
        return JSON.writeValueAsString(Measured.of(count, () -> {
            for (int n = 0; n < count; n++) {
                ScheduleSpecification schedule = ScheduleSpecification.named(
                                "bench-" + n, Payloads.job(BYTES).build())
                        .every(every)
                        .start(begin.plus(every.multipliedBy(n).dividedBy(count)))
                        .build();
                if (isChange) {
                    schedules.change(schedule);
                } else {
                    schedules.add(schedule);
                }
            }
        }));
    }

    /** How much later than their times jobs of schedules begin, of those of so many seconds. */
    public String late(int seconds) throws Exception {
        Queue<Long> late = new ConcurrentLinkedQueue<>();
        Measured measured = Handling.during(
                context, job -> begin(job, late), () -> Measured.of(seconds, () -> TimeUnit.SECONDS.sleep(seconds)));
        long[] nanos = late.stream().mapToLong(Long::longValue).sorted().toArray();
        return JSON.writeValueAsString(Map.of(
                "measured",
                measured,
                "fires",
                nanos.length,
                "late",
                Latency.percentiles(nanos),
                "most",
                nanos[nanos.length - 1] / 1e6));
    }

    private static Map<String, Object> begin(JobContext job, Queue<Long> late) {
        Instant now = Instant.now();
        JobTerms terms = job.job().terms();
        late.add(
                Duration.between(Objects.requireNonNull(terms.identity().fire()).at(), now)
                        .toNanos());
        return Map.of();
    }
}
