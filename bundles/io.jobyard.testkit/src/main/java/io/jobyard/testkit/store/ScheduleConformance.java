// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Fire;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ScheduleConformance extends Conformance {

    @Test
    default void aScheduleOutlivesTheHostAsItWasStored() {
        StoredSchedule bare = schedule("nightly");
        StoredSchedule full = new StoredSchedule(
                "häufig",
                7,
                "{\"cron\":\"*/5 * * * *\",\"text\":\"naïve 🙂 ' \\\\ \"}",
                "cron */5 * * * * Europe/Oslo",
                new StoredSchedule.FireProgress(Draft.T0, Draft.T0.plusSeconds(1), Draft.id(), 3),
                new SchedulePause("ann", Draft.T0, "quiet", Draft.T0.plusSeconds(60)),
                new StoredSchedule.Backfill(Draft.T0, Draft.T0.plusSeconds(9), Draft.id()));
        changed(null, bare);
        changed(null, full);
        assertThat(schedules().schedules()).containsExactlyInAnyOrder(bare, full);

        under().restart();
        assertThat(schedules().schedule("häufig")).contains(full);
        assertThat(schedules().schedule("nightly")).contains(bare);
        assertThat(schedules().schedule("NIGHTLY")).isEmpty();
        changed(full, null);
        assertThat(schedules().schedules()).containsExactly(bare);
    }

    @Test
    default void aFireAndItsJobAreOneCommit() {
        StoredSchedule before = changed(null, schedule("nightly"));
        AdmittedJob job = due("nightly", 1);
        StoredSchedule after = fired(before, job);
        assertThat(done(schedules().store(change(before, after, job)))).isTrue();

        Fire fire = new Fire("nightly", Draft.T0.plusSeconds(1));
        under().restart();
        assertThat(schedules().schedule("nightly")).contains(after);
        assertThat(schedules().jobOf(fire)).contains(job.stored().id());
        assertThat(read(job.stored().id()).job().terms().identity().fire()).isEqualTo(fire);
    }

    @Test
    default void whoSawAnEarlierVersionStoresNothing() {
        StoredSchedule before = changed(null, schedule("nightly"));
        AdmittedJob first = due("nightly", 1);
        AdmittedJob second = due("nightly", 2);
        CompletableFuture<Boolean> won = schedules().store(change(before, fired(before, first), first));
        CompletableFuture<Boolean> lost = schedules().store(change(before, fired(before, second), second));

        assertThat(done(won)).isTrue();
        assertThat(done(lost)).isFalse();
        assertThat(done(schedules().store(new ScheduleChange(before, null, List.of(), null))))
                .isFalse();
        assertThat(done(schedules().store(new ScheduleChange(null, schedule("nightly"), List.of(), null))))
                .isFalse();
        assertThat(schedules().schedule("nightly")).contains(fired(before, first));
        assertThat(reads().job(second.stored().id())).isEmpty();
        assertThat(schedules().latestJobs("nightly", 10)).containsExactly(first.stored());
    }

    @Test
    default void aFireHasNoSecondJob() {
        StoredSchedule before = changed(null, schedule("nightly"));
        StoredSchedule after = fired(before, due("nightly", 1));
        done(schedules().store(change(before, after, due("nightly", 1))));
        AdmittedJob again = due("nightly", 1);
        AdmittedJob beside = due("nightly", 2);

        refused(
                schedules().store(new ScheduleChange(after, fired(after, again), List.of(beside, again), null)),
                StoreException.class);
        assertThat(reads().job(again.stored().id())).isEmpty();
        assertThat(reads().job(beside.stored().id())).isEmpty();
        assertThat(schedules().schedule("nightly")).contains(after);
    }

    @Test
    default void manySchedulesFireAtOnce() {
        List<StoredSchedule> all = IntStream.range(0, 200)
                .mapToObj(n -> changed(null, schedule("many-" + n)))
                .toList();
        List<CompletableFuture<Boolean>> fires = all.stream()
                .map(before -> {
                    AdmittedJob job = due(before.name(), 1);
                    return schedules().store(change(before, fired(before, job), job));
                })
                .toList();
        assertThat(fires).allMatch(this::done);
        assertThat(all)
                .allMatch(before -> schedules().latestJobs(before.name(), 5).size() == 1);
    }

    @Test
    default void theLatestJobsOfAScheduleAreFound() {
        admit(Draft.job());
        StoredJob second = admit(Draft.job().fire("nightly", Draft.T0.plusSeconds(2)));
        StoredJob first = admit(Draft.job().fire("nightly", Draft.T0.plusSeconds(1)));
        StoredJob other = admit(Draft.job().fire("nightlz", Draft.T0.plusSeconds(3)));

        assertThat(schedules().latestJobs("nightly", 9)).containsExactly(second, first);
        assertThat(schedules().latestJobs("nightly", 1)).containsExactly(second);
        assertThat(schedules().latestJobs("never", 1)).isEmpty();
        assertThat(reads().find(JobQuery.of(JobFilter.ALL.withSchedule("nightlz"), 9), Set.of())
                        .jobs())
                .containsExactly(other.job());
    }

    @Test
    default void aRemovedJobFreesItsFire() {
        StoredJob job = complete(admit(Draft.job().fire("nightly", Draft.T0)));
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(job)))).hasSize(1);
        }
        assertThat(schedules().jobOf(new Fire("nightly", Draft.T0))).isEmpty();
        JobId again = admit(Draft.job().fire("nightly", Draft.T0)).id();
        assertThat(schedules().jobOf(new Fire("nightly", Draft.T0))).contains(again);
    }

    @Test
    default void whatPeopleDoToASchedulesIsAuditedAndTold() {
        Recorder recorder = Recorder.on(under());
        StoredSchedule nightly = schedule("nightly");
        AuditEntry added = new AuditEntry(Draft.T0, "user ann", "schedule", "schedule nightly", "added");
        assertThat(done(schedules().store(new ScheduleChange(null, nightly, List.of(), added))))
                .isTrue();
        AuditEntry late = new AuditEntry(Draft.T0, "user bob", "schedule", "schedule nightly", "added");
        assertThat(done(schedules().store(new ScheduleChange(null, nightly, List.of(), late))))
                .isFalse();

        reads().awaitListeners();
        assertThat(recorder.scheduled()).containsExactly("nightly");
        assertThat(audit().rows(jobs().incarnation(), 1, 10))
                .extracting(row -> row.entry().who())
                .containsExactly("user ann");
    }

    private StoredSchedule changed(StoredSchedule before, StoredSchedule after) {
        assertThat(done(schedules().store(new ScheduleChange(before, after, List.of(), null))))
                .isTrue();
        return after;
    }

    private static ScheduleChange change(StoredSchedule before, StoredSchedule after, AdmittedJob job) {
        return new ScheduleChange(before, after, List.of(job), null);
    }

    private static AdmittedJob due(String schedule, int second) {
        return Draft.job().fire(schedule, Draft.T0.plusSeconds(second)).admitted();
    }

    private static StoredSchedule schedule(String name) {
        return new StoredSchedule(
                name, 1, null, "every PT1S", new StoredSchedule.FireProgress(Draft.T0, null, null, 0), null, null);
    }

    private static StoredSchedule fired(StoredSchedule before, AdmittedJob job) {
        Instant at = job.stored().job().terms().identity().fire().at();
        return new StoredSchedule(
                before.name(),
                before.version() + 1,
                null,
                before.timing(),
                new StoredSchedule.FireProgress(at, at, job.stored().id(), 0),
                null,
                null);
    }
}
