// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jobyard.api.StepKind;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.CallbackFailedException;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits of a handler that end its run, and the runs after them. */
@Timeout(60)
class RunWaitsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final StepFixture job = new StepFixture();
    private final AtomicInteger works = new AtomicInteger();

    @Test
    void aSleepEndsTheRunAndIsOverInTheNextWhoeverBeganThat() {
        JobHandler handler = context -> {
            int before = context.step("before", Integer.class, works::incrementAndGet);
            context.sleep(HOUR);
            int after = context.step("after", Integer.class, works::incrementAndGet);
            context.sleep(Duration.ZERO);
            return Map.of("steps", List.of(before, after));
        };
        StoredStep first = waits(handler);
        assertThat(first)
                .isEqualTo(StoredStep.begun(
                        2,
                        "sleep 1",
                        StepKind.SLEEP,
                        1,
                        WorkerFixture.START,
                        WorkerFixture.START.plusSeconds(3_600),
                        null));
        job.pass(Duration.ofMinutes(1)); // somebody has it run now
        assertThat(waits(handler).name()).isEqualTo("sleep 2");
        assertThat(job.steps().get(1)).isEqualTo(first.ended(WorkerFixture.START.plusSeconds(60), null, null));
        assertThat(job.completed(handler)).isEqualTo("{\"steps\":[1,2]}");
        assertThat(works).hasValue(2);
    }

    @Test
    void aRunThatIsBrokenOffAfterASleepFindsItOver() {
        waits(context -> {
            context.sleep(HOUR);
            return Map.of();
        });
        JobHandler failing = context -> {
            context.sleep(HOUR);
            throw new IllegalStateException("broken");
        };
        assertThat(job.failed(failing).error()).startsWith("IllegalStateException: broken");
        List<String> calls = new ArrayList<>();
        job.workers.onWork = (method, arguments) -> calls.add(method);
        assertThat(job.failed(failing).error()).startsWith("IllegalStateException: broken");
        assertThat(calls).containsExactly("steps");
    }

    @Test
    void aSignalEndsTheRunUntilItComesAndItsValueIsTheSameInEveryRun() {
        JobHandler handler = context -> {
            Optional<Boolean> approved = context.signal("approved", Boolean.class, HOUR);
            if (context.run() < 3) {
                throw new IllegalStateException("again");
            }
            return Map.of("approved", approved.orElseThrow());
        };
        StoredStep wait = waits(handler);
        assertThat(wait.name()).isEqualTo("signal approved");
        assertThat(wait.awaits()).isEqualTo("approved");
        signal("approved", "true");
        assertThat(job.failed(handler).error()).startsWith("IllegalStateException: again");
        assertThat(job.completed(handler)).isEqualTo("{\"approved\":true}");
        StoredStep over = job.steps().get(0);
        assertThat(over.signal()).isEqualTo(1);
        assertThat(over.value()).isEqualTo("true");
    }

    @Test
    void signalsThatCameBeforeAreTakenAtOnceEachOnce() {
        signal("go", "1");
        signal("go", "2");
        signal("other", "3");
        JobHandler handler = context -> Map.of(
                "all",
                List.of(
                        context.signal("go", Integer.class, HOUR).orElseThrow(),
                        context.signal("other", Integer.class, HOUR).orElseThrow(),
                        context.signal("go", Integer.class, HOUR).orElseThrow()));
        assertThat(job.completed(handler)).isEqualTo("{\"all\":[1,3,2]}");
        assertThat(job.steps())
                .extracting(StoredStep::name)
                .containsExactly("signal go", "signal other", "signal go 2");
        assertThat(job.completed(handler)).isEqualTo("{\"all\":[1,3,2]}");
    }

    @Test
    void aSignalThatDoesNotComeInTimeIsEmptyForEver() {
        JobHandler handler = context ->
                Map.of("there", context.signal("late", String.class, HOUR).isPresent());
        assertThat(waits(handler).dueAt()).isEqualTo(WorkerFixture.START.plusSeconds(3_600));
        job.pass(HOUR.minusMillis(1)); // woken by somebody
        StoredStep again = waits(handler);
        assertThat(again.dueAt()).isEqualTo(WorkerFixture.START.plusSeconds(3_600));
        job.pass(Duration.ofMillis(1));
        assertThat(job.completed(handler)).isEqualTo("{\"there\":false}");
        signal("late", "\"too late\"");
        assertThat(job.completed(handler)).isEqualTo("{\"there\":false}");
    }

    @Test
    void aSignalThatIsAskedForWithoutTimeIsThereOrNot() {
        signal("a", "1");
        assertThat(job.completed(context -> Map.of(
                        "a", context.signal("a", Integer.class, Duration.ZERO).isPresent(),
                        "b", context.signal("b", Integer.class, Duration.ZERO).isPresent())))
                .contains("\"a\":true", "\"b\":false");
    }

    @Test
    void aSignalThatDoesNotFitFailsForGoodAndANullIsNotTakenForTheEndOfTheTime() {
        signal("n", "\"seven\"");
        JobHandler handler =
                context -> Map.of("n", context.signal("n", Integer.class, HOUR).isPresent());
        Outcome.Failed misfit = job.failed(handler);
        assertThat(misfit.permanent()).isTrue();
        assertThat(misfit.error())
                .startsWith("the value of 'signal n' does not match Integer: ")
                .endsWith("or retry the job from step 'signal n'");
        job.dropFrom("signal n");
        signal("n", "null");
        assertThat(job.failed(handler))
                .isEqualTo(new Outcome.Failed(
                        "'signal n' received null instead of a value of type Integer: retry the job from there, and send a value",
                        true,
                        null));
        job.dropFrom("signal n");
        signal("n", "null");
        TypeOf<Map<String, List<Integer>>> generic = new TypeOf<>() {};
        assertThat(job.failed(context -> Map.of("n", context.signal("n", generic, HOUR)))
                        .error())
                .startsWith(
                        "'signal n' received null instead of a value of type Map<String, List<Integer>>: retry the");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Plugin {}

    record OwnPlugin(int n) implements Plugin {}

    @Test
    void aSignalMayNotNameAClass() {
        signal("plugin", "{\"@class\":\"" + OwnPlugin.class.getName() + "\",\"n\":1}");
        Outcome.Failed refused = job.failed(context ->
                Map.of("there", context.signal("plugin", Plugin.class, HOUR).isPresent()));
        assertThat(refused.permanent()).isTrue();
        assertThat(refused.error()).startsWith("the value of 'signal plugin' does not match Plugin: ");
    }

    @Test
    void aCallbackHasOneTokenAndItsAnswerEndsTheWait() {
        List<String> tokens = new ArrayList<>();
        JobHandler handler = context -> {
            Callback callback = context.callback(HOUR);
            tokens.add(callback.token());
            context.step("hand over", Integer.class, works::incrementAndGet);
            Map<?, ?> answer = callback.await(Map.class).orElseThrow();
            assertThat(callback.await(Map.class)).contains(Map.of("ok", true));
            return Map.of("answer", answer.toString());
        };
        StoredStep wait = waits(handler);
        assertThat(wait.name()).isEqualTo("callback 1");
        assertThat(wait.number()).isEqualTo(1);
        assertThat(CallbackToken.parse(tokens.get(0))).isEqualTo(new CallbackToken(job.id, wait.awaits()));
        signal(wait.awaits(), "{\"ok\":true}");
        assertThat(job.completed(handler)).isEqualTo("{\"answer\":\"{ok=true}\"}");
        assertThat(job.completed(handler)).isEqualTo("{\"answer\":\"{ok=true}\"}");
        assertThat(tokens).hasSize(3).allMatch(tokens.get(0)::equals);
        assertThat(works).hasValue(1);
    }

    @Test
    void aCallbackIsStoredBeforeItsTokenIsKnownAndMayBeAnsweredBeforeItIsAwaited() {
        JobHandler handler = context -> {
            Callback callback = context.callback(HOUR);
            if (context.run() == 1) {
                signal(job.steps().get(0).awaits(), "42");
            }
            return Map.of("n", callback.await(Integer.class).orElseThrow());
        };
        assertThat(job.completed(handler)).isEqualTo("{\"n\":42}");
    }

    @Test
    void aCallbackThatFailsThrowsWhatTheOtherSideSaidAndOneWithoutAnAnswerIsEmpty() {
        JobHandler handler = context -> {
            Callback first = context.callback(HOUR);
            Callback second = context.callback(Duration.ZERO);
            assertThat(second.await(String.class)).isEmpty();
            first.await(String.class);
            return Map.of();
        };
        StoredStep wait = waits(handler);
        assertThat(job.workers
                        .store
                        .work()
                        .signal(
                                job.id,
                                new StoredSignal(
                                        0, wait.awaits(), WorkerFixture.START, "them", true, "\"quota exceeded\""),
                                waiting -> job.move())
                        .join())
                .isTrue();
        job.follow();
        Outcome.Failed failed = job.failed(handler);
        assertThat(failed).isEqualTo(new Outcome.Failed("quota exceeded", true, null));
        job.completed(context -> {
            Callback first = context.callback(HOUR);
            assertThatThrownBy(() -> first.await(String.class)).isInstanceOf(CallbackFailedException.class);
            return Map.of();
        });
    }

    @Test
    void aHandlerThatSwallowsTheEndOfItsRunFailsForGood() {
        String text =
                "its handler continued after 'sleep 1' had ended the run: do not catch RunSuspended, even where Throwable or"
                        + " Error is caught, and do not replace it";
        assertThat(job.failed(context -> {
                    try {
                        context.sleep(HOUR);
                    } catch (Throwable e) {
                        context.log("on");
                    }
                    return Map.of();
                }))
                .isEqualTo(new Outcome.Failed(text, true, null));
        assertThat(job.failed(context -> {
                    try {
                        context.sleep(HOUR);
                    } catch (RunSuspended e) {
                        throw new IllegalStateException(e);
                    }
                    return Map.of();
                }))
                .isEqualTo(new Outcome.Failed(text, true, null));
        assertThat(job.failed(context -> {
                    try {
                        context.sleep(HOUR);
                    } catch (RunSuspended e) {
                        assertThatThrownBy(() -> context.step("on", Integer.class, works::incrementAndGet))
                                .isInstanceOf(RunSuspended.class);
                    }
                    return Map.of();
                }))
                .isEqualTo(new Outcome.Failed(text, true, null));
        assertThat(works).hasValue(0);
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void theErrorOfAWaitThatNoneIsAnErrorLikeAnyOther() {
        Outcome.Failed failed = job.failed(context -> {
            throw new RunSuspended("nothing");
        });
        assertThat(failed.permanent()).isFalse();
        assertThat(failed.error()).startsWith("RunSuspended: the run ends here");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void anEndOfTheRunWinsOverAWaitUnlessItLeavesTheOutcome(EndReason ending) {
        Run run = job.begin(context -> {
            job.latest().end(ending);
            context.sleep(HOUR);
            return Map.of();
        });
        Outcome outcome = job.workers.execute(run);
        if (RunOutcomes.counts(ending)) {
            assertThat(outcome).isInstanceOf(Outcome.WaitsFor.class);
        } else {
            assertThat(outcome).isEqualTo(RunOutcomes.early(run, ending));
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aTimeBelowZeroAndASignalWithoutANameAreRefusedAndALongTimeIsBounded() {
        assertThat(job.failed(context -> {
                            context.sleep(Duration.ofSeconds(-1));
                            return Map.of();
                        })
                        .error())
                .startsWith("IllegalArgumentException: sleep(…PT-1S) is out of range: use a time of 0 or more");
        assertThat(job.failed(context -> Map.of("n", context.signal("a b", Integer.class, HOUR)))
                        .error())
                .startsWith(
                        "IllegalArgumentException: signal 'a b': invalid signal name: use 1 to 100 of the characters");
        assertThat(waits(context -> {
                            context.sleep(Duration.ofSeconds(Long.MAX_VALUE));
                            return Map.of();
                        })
                        .dueAt())
                .isEqualTo(WorkerFixture.START.plus(Duration.ofDays(36_500)));
    }

    @Test
    void aWaitInThePlaceOfAStepIsNamedLikeAStep() {
        waits(context -> {
            context.sleep(HOUR);
            return Map.of();
        });
        assertThat(job.failed(context -> Map.of("n", context.step("work", Integer.class, works::incrementAndGet)))
                        .error())
                .startsWith("step 1 was 'sleep 1' in run 1 and is 'work' now: ")
                .endsWith(" from step 'sleep 1'");
    }

    private void signal(String name, String json) {
        assertThat(job.workers
                        .store
                        .work()
                        .signal(
                                job.id,
                                new StoredSignal(0, name, WorkerFixture.START, "alice", false, json),
                                waiting -> job.move())
                        .join())
                .isTrue();
        job.follow();
    }

    private StoredStep waits(JobHandler handler) {
        return ((Outcome.WaitsFor) job.run(handler)).on();
    }
}
