// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a submit does whose key is taken. */
class KeyPolicyTest {

    private static final Instant START = SchedulerFixture.START;

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private static JobSpecificationBuilder spec(int n, KeyPolicy policy) {
        return JobSpecification.type("work").payload(Map.of("n", n)).key("k").keyPolicy(policy);
    }

    private Submission submit(int n, KeyPolicy policy) {
        return scheduler.manager.submit(spec(n, policy).build());
    }

    private String payload(JobId id) {
        return scheduler.memory.payload(id).orElseThrow();
    }

    private int jobs() {
        return scheduler.memory.find(JobQuery.all(100), Set.of()).jobs().size();
    }

    @Test
    void whatHasNotStartedBecomesTheLaterJobUnderItsId() {
        JobId first = submit(1, KeyPolicy.REPLACE).id();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(first));
        Submission second = scheduler.manager.submit(spec(2, KeyPolicy.REPLACE)
                .priority(1)
                .maxRetries(0)
                .label("a", "b")
                .build());

        assertThat(second).isEqualTo(new Submission(first, JobStatus.QUEUED, true, true));
        assertThat(payload(first)).isEqualTo("{\"n\":2}");
        assertThat(scheduler.job(first).terms().routing().priority()).isEqualTo(1);
        assertThat(scheduler.job(first).terms().runs().maxRetries()).isZero();
        assertThat(scheduler.job(first).terms().identity().labels()).containsEntry("a", "b");
        assertThat(scheduler.memory.history(first))
                .extracting(event -> event.why())
                .endsWith("replaced by a later submit with its key");
        assertThat(jobs()).isEqualTo(2);

        scheduler.complete(first);
        scheduler.tidy();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(submit(3, KeyPolicy.REPLACE).duplicate()).isFalse();
    }

    @Test
    void whatIsReplacedKeepsItsDependenciesWithTheirPolicies() {
        JobId parent = scheduler.submit();
        JobId first = scheduler.submit(spec(1, KeyPolicy.RETURN).dependsOn(parent, DependencyPolicy.RUN));
        assertThat(submit(2, KeyPolicy.REPLACE).replaced()).isTrue();
        scheduler.fail(parent);
        scheduler.tidy();
        assertThat(scheduler.status(first)).isEqualTo(JobStatus.QUEUED);
        assertThat(payload(first)).isEqualTo("{\"n\":2}");
    }

    @Test
    void whatHasStartedIsTheAnswerAndStaysAsItIs() {
        JobId first = submit(1, KeyPolicy.REPLACE).id();
        scheduler.finish(scheduler.claim(first), new Outcome.Failed("broken", false, null));
        assertThat(submit(2, KeyPolicy.REPLACE)).isEqualTo(new Submission(first, JobStatus.WAITING, true));
        assertThat(payload(first)).isEqualTo("{\"n\":1}");
    }

    @Test
    void ofAStartThatComesBetweenTheReplacementHearsAndAnswersWithTheJob() {
        JobId first = submit(1, KeyPolicy.RETURN).id();
        AtomicInteger tries = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("replace") && tries.incrementAndGet() == 1) {
                scheduler.claim(first);
            }
        };
        assertThat(submit(2, KeyPolicy.REPLACE)).isEqualTo(new Submission(first, JobStatus.RUNNING, true));
        assertThat(tries).hasValue(1);
        assertThat(payload(first)).isEqualTo("{\"n\":1}");
    }

    @Test
    void whatIsDebouncedStartsOnceItHasBeenQuiet() {
        KeyPolicy quiet = KeyPolicy.debounce(Duration.ofSeconds(30));
        JobId first = submit(1, quiet).id();
        assertThat(scheduler.status(first)).isEqualTo(JobStatus.WAITING);
        for (int n = 2; n <= 5; n++) {
            scheduler.clock.advance(Duration.ofSeconds(20));
            assertThat(submit(n, quiet)).isEqualTo(new Submission(first, JobStatus.WAITING, true, true));
            scheduler.tidy();
        }
        assertThat(scheduler.status(first)).isEqualTo(JobStatus.WAITING);
        scheduler.clock.advance(Duration.ofSeconds(30));
        scheduler.tidy();

        assertThat(scheduler.status(first)).isEqualTo(JobStatus.QUEUED);
        assertThat(payload(first)).isEqualTo("{\"n\":5}");
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void aThrottledKeyStaysTakenForItsTimeAlsoWhenTheJobIsOver() {
        KeyPolicy once = KeyPolicy.throttle(Duration.ofSeconds(60));
        JobId first = submit(1, once).id();
        scheduler.complete(first);
        scheduler.clock.set(START.plusSeconds(59));
        assertThat(submit(2, once)).isEqualTo(new Submission(first, JobStatus.COMPLETED, true));
        assertThat(submit(2, KeyPolicy.RETURN).id()).isEqualTo(first);

        scheduler.clock.set(START.plusSeconds(60));
        Submission next = submit(3, once);
        assertThat(next.duplicate()).isFalse();
        assertThat(next.id()).isNotEqualTo(first);
        scheduler.complete(next.id());
        assertThat(submit(4, once).id()).isEqualTo(next.id());
    }

    @Test
    void twoOfOneCallWithAKeyThatIsFreeAgainAreOneJob() {
        KeyPolicy once = KeyPolicy.throttle(Duration.ofSeconds(60));
        JobId first = submit(1, once).id();
        scheduler.complete(first);
        scheduler.clock.set(START.plusSeconds(60));
        List<Submission> answers = scheduler.manager.submitAll(
                List.of(spec(2, once).build(), spec(3, once).build()));
        assertThat(answers.get(1)).isEqualTo(new Submission(answers.get(0).id(), JobStatus.QUEUED, true));
        assertThat(payload(answers.get(0).id())).isEqualTo("{\"n\":2}");
    }

    @Test
    void aPolicyThatMakesNoSenseIsRefused() {
        refused(SchedulerFixture.spec().keyPolicy(KeyPolicy.REPLACE), "missing key: keyPolicy replace requires a key");
        refused(
                spec(1, KeyPolicy.REPLACE).dependsOn(scheduler.submit()),
                "keyPolicy replace does not allow dependencies");
        refused(spec(1, KeyPolicy.throttle(Duration.ofDays(366))), "use a time up to 365 days");
        assertThatThrownBy(() -> scheduler.manager.submitAll(List.of(
                        SchedulerFixture.spec().build(),
                        spec(1, KeyPolicy.REPLACE).build())))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("keyPolicy replace requires a call with one job");
        assertThatThrownBy(() -> KeyPolicy.debounce(Duration.ZERO)).isInstanceOf(ValidationException.class);
    }

    private void refused(JobSpecificationBuilder specification, String why) {
        assertThatThrownBy(() -> scheduler.submit(specification))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(why);
    }
}
