// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Schedules in memory that make nothing. */
final class FakeSchedules implements ScheduleManager {

    static final JobId JOB = JobId.of("01978f3c-5c1e-7c39-9d2a-6f1b00000077");

    final Map<String, ScheduleStatus> all = new TreeMap<>();
    String user = "ann";

    @Nullable
    Instant from;

    @Nullable
    Instant to;

    @Override
    public List<ScheduleStatus> schedules() {
        return List.copyOf(all.values());
    }

    @Override
    public ScheduleStatus add(ScheduleSpecification specification) {
        return put(specification, null);
    }

    @Override
    public ScheduleStatus change(ScheduleSpecification specification) {
        return put(specification, null);
    }

    private ScheduleStatus put(ScheduleSpecification specification, @Nullable SchedulePause pause) {
        ScheduleStatus status = new ScheduleStatus(
                specification,
                specification.rhythm() instanceof ScheduleSpecification.Rhythm.Delay,
                user,
                new ScheduleStatus.ScheduleTimes(
                        pause == null ? FakeJobs.CREATED.plusSeconds(60) : null, FakeJobs.CREATED, JOB, 3),
                pause,
                null);
        all.put(specification.name(), status);
        return status;
    }

    @Override
    public void pause(String name, @Nullable String reason, @Nullable Instant until) {
        put(all.get(name).specification(), new SchedulePause(user, FakeJobs.CREATED, reason, until));
    }

    @Override
    public void resume(String name) {
        put(all.get(name).specification(), null);
    }

    @Override
    public JobId run(String name) {
        return JOB;
    }

    @Override
    public void remove(String name) {
        all.remove(name);
    }

    @Override
    public List<PlannedFire> preview(String name, int most) {
        return IntStream.range(0, most)
                .mapToObj(n -> FakeJobs.CREATED.plusSeconds(n * 60L))
                .map(at -> new PlannedFire(
                        at, at.atZone(ZoneId.of("Asia/Kolkata")), at.equals(FakeJobs.CREATED) ? "paused by ann" : null))
                .toList();
    }

    @Override
    public List<PlannedFire> preview(ScheduleSpecification specification, int most) {
        return preview(specification.name(), most);
    }

    @Override
    public int backfill(String name, Instant begin, Instant end) {
        from = begin;
        to = end;
        return 24;
    }

    @Override
    public ScheduleManager as(String other) {
        user = other;
        return this;
    }
}
