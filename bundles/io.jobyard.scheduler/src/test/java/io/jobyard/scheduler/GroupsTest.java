// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs of a group, and the job that ends it. */
class GroupsTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private static JobSpecificationBuilder of(String group) {
        return SchedulerFixture.spec().group(group);
    }

    private static JobSpecificationBuilder end(String group) {
        return SchedulerFixture.spec().endsGroup(group);
    }

    private List<JobId> submitAll(JobSpecificationBuilder... jobs) {
        return scheduler
                .manager
                .submitAll(
                        Arrays.stream(jobs).map(JobSpecificationBuilder::build).toList())
                .stream()
                .map(Submission::id)
                .toList();
    }

    private void refused(String why, JobSpecificationBuilder... jobs) {
        assertThatThrownBy(() -> submitAll(jobs))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anEndJobStartsWhenAllJobsOfItsGroupAreOverWhateverCameOfThem() {
        JobId completes = scheduler.submit(of("night"));
        JobId fails = scheduler.submit(of("night"));
        JobId isCancelled = scheduler.submit(of("night"));
        scheduler.submit(of("day"));
        scheduler.complete(completes);
        JobId end = scheduler.submit(end("night"));
        assertThat(scheduler.memory.dependencies(end)).containsExactly(completes, fails, isCancelled);
        assertThat(scheduler.stored(end).books().pending()).isEqualTo(2);
        assertThat(scheduler.memory.groupEnd("alice", "night")).contains(end);

        scheduler.fail(fails);
        scheduler.tidy();
        assertThat(scheduler.job(end).state().reason()).isEqualTo(Reason.DEPENDENCIES);
        scheduler.manager.cancel(isCancelled);
        scheduler.tidy();

        assertThat(scheduler.status(end)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.memory.history(end)).hasSize(2);
    }

    @Test
    void anEndJobOfAGroupThatIsOverIsReady() {
        JobId first = scheduler.submit(of("night"));
        JobId second = scheduler.submit(of("night"));
        scheduler.complete(first);
        scheduler.fail(second);
        JobId end = scheduler.submit(end("night"));
        scheduler.tidy();
        assertThat(scheduler.status(end)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void anEndJobThatIsToFailWithItsGroupFails() {
        JobId first = scheduler.submit(of("night"));
        scheduler.submit(of("night"));
        JobId end = scheduler.submit(end("night").ifDependencyFails(DependencyPolicy.FAIL));
        scheduler.fail(first);
        scheduler.tidy();
        assertThat(scheduler.job(end).state().error()).isEqualTo("dependency " + first + " failed");
    }

    @Test
    void anEndJobMayDependOnOthersToo() {
        JobId job = scheduler.submit(of("night"));
        JobId other = scheduler.submit();
        JobId end = scheduler.submit(end("night").dependsOn(other, DependencyPolicy.CANCEL));
        assertThat(scheduler.memory.dependencies(end)).containsExactly(other, job);
        scheduler.fail(job);
        scheduler.fail(other);
        scheduler.tidy();
        assertThat(scheduler.status(end)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void oneCallMayHoldAGroupAndItsEndJob() {
        JobId before = scheduler.submit(of("night"));
        List<JobId> ids = submitAll(end("night"), of("night"), of("night").name("last"), of("other"));
        assertThat(scheduler.memory.dependencies(ids.get(0))).containsExactly(before, ids.get(1), ids.get(2));
        assertThat(scheduler.status(ids.get(0))).isEqualTo(JobStatus.WAITING);
    }

    @Test
    void groupsMayBeNested() {
        List<JobId> ids = submitAll(of("inner"), end("inner").group("outer"), of("outer"), end("outer"));
        assertThat(scheduler.memory.dependencies(ids.get(3))).containsExactly(ids.get(1), ids.get(2));
        scheduler.fail(ids.get(0));
        scheduler.tidy();
        scheduler.complete(ids.get(1));
        scheduler.tidy();
        assertThat(scheduler.status(ids.get(3))).isEqualTo(JobStatus.WAITING);
        scheduler.complete(ids.get(2));
        scheduler.tidy();
        assertThat(scheduler.status(ids.get(3))).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aClosedGroupGetsNoFurtherJobAndNoSecondEnd() {
        scheduler.submit(of("night"));
        JobId end = scheduler.submit(end("night"));
        String closed = "group 'night' is closed, because it has the end job " + end + ": use another group";
        refused(closed, of("night"));
        refused(closed, end("night"));
        scheduler.of(Caller.administrator("bob")).submit(of("night").build());
    }

    @Test
    void aJobWhoseKeyIsTakenIsTheEarlierOneAlsoWhenItsGroupIsClosed() {
        JobId first = scheduler.submit(of("night").key("k"));
        JobId end = scheduler.submit(end("night").key("e"));
        assertThat(submitAll(of("night").key("k"), end("night").key("e"))).containsExactly(first, end);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused("group 'night' has no jobs", end("night"));
        refused("invalid group 'a b'", of("a b"));
        refused("invalid endsGroup ''", end(""));
        refused(
                "group 'night' cannot be ended by one of its own jobs",
                end("night").group("night"));
        refused("group 'night' has two end jobs", of("night"), end("night"), end("night"));
        refused(
                "the dependencies form a cycle: job 1 → job 2 → job 1",
                of("inner").endsGroup("outer"),
                of("outer").endsGroup("inner"));
        refused(
                "the dependencies form a cycle: job 1 → last → job 1",
                of("night").dependsOn("last"),
                end("night").name("last"));
        refused("keyPolicy replace does not allow a group", of("night").key("k").keyPolicy(KeyPolicy.REPLACE));
    }

    @Test
    void aJobThatComesBetweenTheLookAndTheStoreIsWaitedForToo() {
        JobId first = scheduler.submit(of("night"));
        List<JobId> late = new ArrayList<>();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                scheduler.fault = (any, other) -> {};
                late.add(scheduler.submit(of("night")));
            }
        };
        JobId end = scheduler.submit(end("night"));
        assertThat(scheduler.memory.dependencies(end)).containsExactly(first, late.get(0));
    }

    @Test
    void aGroupThatIsClosedBetweenTheLookAndTheStoreGetsNoJob() {
        scheduler.submit(of("night"));
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                scheduler.fault = (any, other) -> {};
                scheduler.submit(end("night"));
            }
        };
        refused("group 'night' is closed", of("night"));
    }

    @Test
    void aGroupThatGetsJobsAgainAndAgainIsLeftOpen() {
        scheduler.submit(of("night"));
        boolean[] inside = {false};
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit") && !inside[0]) {
                inside[0] = true;
                scheduler.submit(of("night"));
                inside[0] = false;
            }
        };
        assertThatThrownBy(() -> scheduler.submit(end("night")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("group 'night' of alice has changed meanwhile at each attempt");
    }

    @Test
    void whatIsReplacedStaysInItsGroupAndItsEnd() {
        JobId job = scheduler.submit(of("night").key("k"));
        JobId end = scheduler.submit(end("night").key("e"));
        for (String key : List.of("k", "e")) {
            assertThat(scheduler
                            .manager
                            .submit(SchedulerFixture.spec()
                                    .key(key)
                                    .keyPolicy(KeyPolicy.REPLACE)
                                    .build())
                            .replaced())
                    .isTrue();
        }
        assertThat(scheduler.job(job).terms().identity().group()).isEqualTo("night");
        assertThat(scheduler.job(end).terms().identity().endsGroup()).isEqualTo("night");
        scheduler.fail(job);
        scheduler.tidy();
        assertThat(scheduler.status(end)).isEqualTo(JobStatus.QUEUED);
    }
}
