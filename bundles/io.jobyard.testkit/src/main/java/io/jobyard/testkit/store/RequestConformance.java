// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Submission;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.spi.store.RequestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface RequestConformance extends Conformance {

    Instant DONE = Instant.parse("2026-11-25T12:00:00.123456Z");
    Duration DAY = Duration.ofHours(24);

    private RequestStore requests() {
        return under().service(RequestStore.class);
    }

    private static KeptRequest request(String key, Instant at, AdmittedJob... jobs) {
        List<Submission> answers = new ArrayList<>();
        for (AdmittedJob job : jobs) {
            answers.add(new Submission(job.stored().id(), JobStatus.QUEUED, answers.size() % 2 == 1, false));
        }
        return new KeptRequest("alice", key, "f".repeat(64), at, at.plus(DAY), answers);
    }

    @Test
    default void aRequestIsKeptWithItsJobsAlsoOverARestart() {
        AdmittedJob one = Draft.job().admitted();
        AdmittedJob two = Draft.job().admitted();
        KeptRequest request = request("k", DONE, one, two);
        assertThat(done(requests().admit(request, List.of(one, two)))).isTrue();
        assertThat(requests().find("alice", "k")).contains(request);
        assertThat(requests().find("alice", "K")).isEmpty();
        assertThat(requests().find("bob", "k")).isEmpty();
        assertThat(reads().job(two.stored().id())).isPresent();
        under().restart();
        assertThat(requests().find("alice", "k")).contains(request);
    }

    @Test
    default void aRequestThatIsKeptIsNotDoneAgainAndItsJobsAreNotStored() {
        List<AdmittedJob> jobs = new ArrayList<>();
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            AdmittedJob job = Draft.job().admitted();
            jobs.add(job);
            stored.add(requests().admit(request("k", DONE.plusSeconds(n), job), List.of(job)));
        }
        assertThat(stored.stream().map(this::done)).containsOnlyOnce(true);
        KeptRequest kept = requests().find("alice", "k").orElseThrow();
        assertThat(jobs.stream()
                        .map(job -> job.stored().id())
                        .filter(id -> reads().job(id).isPresent()))
                .containsExactly(kept.answers().get(0).id());
    }

    @Test
    default void oneThatNeedNotBeKeptAnyMoreIsDoneAgain() {
        AdmittedJob first = Draft.job().admitted();
        AdmittedJob again = Draft.job().admitted();
        KeptRequest later = request("k", DONE.plus(DAY), again);
        done(requests().admit(request("k", DONE, first), List.of(first)));
        assertThat(done(requests().admit(later, List.of(again)))).isTrue();
        assertThat(requests().find("alice", "k")).contains(later);
        assertThat(reads().job(again.stored().id())).isPresent();
    }

    @Test
    default void aRequestWhoseJobsCannotBeStoredIsNotKept() {
        admit(Draft.job().key("taken"));
        AdmittedJob job = Draft.job().key("taken").admitted();
        refused(requests().admit(request("k", DONE, job), List.of(job)), KeyTakenException.class);
        assertThat(requests().find("alice", "k")).isEmpty();
        assertThat(done(requests().admit(request("k", DONE), List.of())))
                .as("without new jobs")
                .isTrue();
        assertThat(requests().find("alice", "k").orElseThrow().answers()).isEmpty();
    }

    @Test
    default void aRequestThatHasBegunIsAnsweredLaterOrForgotten() {
        KeptRequest begun = request("k", DONE);
        assertThat(done(requests().admit(begun, List.of()))).isTrue();
        assertThat(requests().find("alice", "k").orElseThrow().answer()).isNull();
        done(requests().settle(request("k", DONE.plusSeconds(1)), "{}"));
        assertThat(requests().find("alice", "k").orElseThrow().answer())
                .as("not by one that began at another time")
                .isNull();
        String answer = "{\"status\": 200, \"body\": \"" + "x\u00e9".repeat(40_000) + "\"}";
        done(requests().settle(begun, answer));
        assertThat(requests().find("alice", "k")).contains(begun.answered(answer));
        assertThat(done(requests().admit(begun, List.of()))).isFalse();
        under().restart();
        assertThat(requests().find("alice", "k")).contains(begun.answered(answer));
        done(requests().settle(begun, null));
        assertThat(requests().find("alice", "k")).isEmpty();
        assertThat(done(requests().admit(begun, List.of()))).isTrue();
    }

    @Test
    default void theOldestThatNeedNotBeKeptAreForgotten() {
        for (int n = 0; n < 5; n++) {
            done(requests().admit(request("k" + n, DONE.plusSeconds(n)), List.of()));
        }
        Instant until = DONE.plus(DAY).plusSeconds(3);
        assertThat(done(requests().forget(until, 3))).isEqualTo(3);
        assertThat(done(requests().forget(until, 3))).isEqualTo(1);
        assertThat(requests().find("alice", "k3")).isEmpty();
        assertThat(requests().find("alice", "k4")).isPresent();
    }
}
