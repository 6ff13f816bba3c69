// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogEvent.BacklogChange;
import io.jobyard.api.BacklogEvent.Measure;
import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogAlertTest {

    private final LanesFixture fixture = new LanesFixture();
    private final List<BacklogEvent> told = new ArrayList<>();
    private boolean isLeader = true;
    private final BacklogAlert guard = new BacklogAlert(
            () -> fixture.settings,
            () -> fixture.catalog,
            () -> fixture.lanes.limits.queues(),
            fixture.clock,
            () -> isLeader,
            told::add);

    private void guard(int ready, int oldestSeconds) {
        fixture.settings = new QueueSettings(10, 60, 10, new BacklogBounds(ready, oldestSeconds));
    }

    private void submit(String queue, int jobs) {
        for (int n = 0; n < jobs; n++) {
            fixture.submitTo(queue, "ann", 5);
        }
    }

    private List<BacklogChange> look() {
        told.clear();
        guard.look();
        return told.stream().map(BacklogEvent::kind).toList();
    }

    @Test
    void nothingIsToldUnlessItIsConfigured() {
        submit("default", 1_000);
        fixture.clock.advance(Duration.ofDays(9));
        assertThat(look()).isEmpty();
        assertThat(guard.findings()).isEmpty();
    }

    @Test
    void tooManyReadyJobsOfAllQueuesAreToldOnceAndOnceWhenThatIsOver() {
        guard(10, 0);
        submit("a", 5);
        submit("b", 5);
        assertThat(look()).isEmpty();

        submit("b", 1);
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        assertThat(told)
                .containsExactly(
                        new BacklogEvent(BacklogChange.PASSED, null, Measure.READY, 11, 10, LanesFixture.START));
        submit("b", 1);
        assertThat(look()).isEmpty();
        assertThat(guard.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(Finding.BACKLOG);
            assertThat(finding.problem())
                    .isEqualTo("12 jobs are ready, and backlog.alert.ready.max = 10 has been exceeded since "
                            + LanesFixture.START);
            assertThat(finding.fix()).endsWith("the alert is configured in etc/io.jobyard.queue.cfg");
        });

        fixture.start(4);
        assertThat(look()).containsExactly(BacklogChange.OVER);
        assertThat(guard.findings()).isEmpty();
    }

    @Test
    void whatSwingsAroundItsBoundIsToldOnce() {
        guard(10, 0);
        submit("a", 11);
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        for (int swing = 0; swing < 5; swing++) {
            fixture.start(2);
            assertThat(look()).as("nine are ready").isEmpty();
            submit("a", 2);
            assertThat(look()).isEmpty();
        }
    }

    @Test
    void aBoundOfOneIsOverWhenNothingIsReady() {
        guard(1, 0);
        submit("a", 2);
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        fixture.start(1);
        assertThat(look()).isEmpty();
        fixture.start(1);
        assertThat(look()).containsExactly(BacklogChange.OVER);
    }

    @Test
    void aJobThatIsReadyForTooLongIsTold() {
        guard(0, 60);
        submit("a", 1);
        fixture.clock.advance(Duration.ofSeconds(60));
        assertThat(look()).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        assertThat(told.get(0).value()).isEqualTo(61);
        assertThat(guard.findings().get(0).problem())
                .startsWith(
                        "a job has been ready for 61 s, and backlog.alert.oldest.seconds = 60 has been exceeded since ");
        fixture.start(1);
        assertThat(look()).containsExactly(BacklogChange.OVER);
    }

    @Test
    void aQueueHasItsOwnGuard() {
        fixture.queue("llm", "backlog.alert.ready.max", "2", "backlog.alert.oldest.seconds", "5");
        submit("other", 9);
        submit("llm", 3);
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        assertThat(told.get(0).queue()).isEqualTo("llm");
        assertThat(guard.findings().get(0).problem()).startsWith("in queue llm 3 jobs are ready");
        assertThat(guard.findings().get(0).fix())
                .endsWith("etc/io.jobyard.queues-llm.cfg; a queue may also be configured at run time");
        assertThat(guard.findings().get(0).remedies()).contains(Remedy.RemedyKind.SET_QUEUE.of("llm"));
        fixture.clock.advance(Duration.ofSeconds(6));
        assertThat(look()).containsExactly(BacklogChange.PASSED);
        assertThat(told.get(0).measure()).isEqualTo(Measure.OLDEST);
        assertThat(guard.findings()).hasSize(2);
    }

    @Test
    void aGuardThatIsTakenAwayIsOver() {
        guard(1, 0);
        submit("a", 2);
        look();
        guard(0, 0);
        assertThat(look()).containsExactly(BacklogChange.OVER);
        assertThat(told.get(0).max()).isZero();
        assertThat(look()).isEmpty();
    }

    @Test
    void onlyTheLeaderTellsAndOneThatBecomesItRepeatsNothing() {
        guard(1, 0);
        submit("a", 2);
        isLeader = false;
        assertThat(look()).isEmpty();
        assertThat(guard.findings()).hasSize(1);

        isLeader = true;
        assertThat(look()).isEmpty();
        fixture.start(2);
        assertThat(look()).containsExactly(BacklogChange.OVER);
    }
}
