// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.LogLine;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.handler.Step;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of a handler, run after run. */
@Timeout(60)
class RunStepsTest {

    private final StepFixture job = new StepFixture();
    private final AtomicInteger works = new AtomicInteger();

    record Count(int words, String text) {}

    @Test
    void theValueOfAStepHasItsGenericTypeInEveryRun() {
        JobHandler handler = context -> {
            List<Count> counts = context.step(
                    "count", new TypeOf<List<Count>>() {}, () -> List.of(new Count(works.incrementAndGet(), "a")));
            if (context.run() < 2) {
                throw new IOException("after " + counts.get(0).words());
            }
            return Map.of("words", counts.get(0).words());
        };
        assertThat(job.failed(handler).error()).startsWith("IOException: after 1");
        assertThat(job.completed(handler)).isEqualTo("{\"words\":1}");
        assertThat(works).hasValue(1);
    }

    @Test
    void aStoredValueOfAnotherGenericTypeIsReportedWithItsTypeAndPath() {
        job.failed(context -> {
            context.step("count", Map.class, () -> Map.of("a", List.of(Map.of("words", "abc"))));
            throw new IOException("later");
        });
        Outcome.Failed failed = job.failed(context -> {
            context.step("count", new TypeOf<Map<String, List<Count>>>() {}, Map::of);
            return Map.of();
        });
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error())
                .startsWith("the value of 'count' does not match Map<String, List<Count>> at a[0].words: ");
    }

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theWorkOfAStepIsDoneOnceForTheJobAndItsValueIsThereInEveryRun() {
        JobHandler handler = context -> {
            Count count = context.step("count", Count.class, () -> new Count(works.incrementAndGet(), "a b"));
            context.step("tell", Void.class, () -> {
                works.incrementAndGet();
                return null;
            });
            if (context.run() < 3) {
                throw new IOException("after " + count.words());
            }
            return Map.of("words", count.words());
        };
        assertThat(job.failed(handler).error()).startsWith("IOException: after 1");
        assertThat(job.failed(handler).error()).startsWith("IOException: after 1");
        assertThat(job.completed(handler)).isEqualTo("{\"words\":1}");
        assertThat(works).hasValue(2);
        assertThat(job.steps())
                .containsExactly(
                        StoredStep.done(
                                1,
                                "count",
                                1,
                                WorkerFixture.START,
                                WorkerFixture.START,
                                "{\"words\":1,\"text\":\"a b\"}"),
                        StoredStep.done(2, "tell", 1, WorkerFixture.START, WorkerFixture.START, null));
    }

    @Test
    void aStepIsStoredWhenItReturnsWithTheTimesOfItsWork() {
        job.completed(context -> {
            context.step("slow", Integer.class, () -> {
                job.pass(Duration.ofSeconds(2));
                return 7;
            });
            assertThat(job.steps()).extracting(StoredStep::name).containsExactly("slow");
            return Map.of();
        });
        StoredStep step = job.steps().get(0);
        assertThat(step.startedAt()).isEqualTo(WorkerFixture.START);
        assertThat(step.endedAt()).isEqualTo(WorkerFixture.START.plusSeconds(2));
        assertThat(step.kind()).isEqualTo(StepKind.STEP);
    }

    @Test
    void theFirstRunReadsNothingAndALaterOneReadsOnceAtItsFirstStepIfItHasAny() {
        List<String> calls = new ArrayList<>();
        job.workers.onWork = (method, arguments) -> calls.add(method);
        JobHandler two = context -> {
            context.step("one", Integer.class, () -> 1);
            context.step("two", Integer.class, () -> 2);
            return Map.of();
        };
        job.completed(two);
        assertThat(calls).containsExactly("keep", "keep");
        calls.clear();
        job.completed(context -> Map.of());
        assertThat(calls).isEmpty();
        job.completed(two);
        assertThat(calls).containsExactly("steps");
    }

    @Test
    void aValueIsInTheFirstRunAlreadyAsItReadsBackFromJson() {
        JobHandler handler = context -> {
            Object value = context.step("map", Map.class, () -> Map.of("at", WorkerFixture.START, "n", List.of(1L)));
            return Map.of("value", value.toString());
        };
        String first = job.completed(handler);
        assertThat(first).contains("at=2030-01-01T00:00:00Z", "n=[1]");
        assertThat(job.completed(handler)).isEqualTo(first);
    }

    @Test
    void aValueThatIsLargeIsReadByItself() {
        String large = "x".repeat(100_000);
        JobHandler handler = context -> Map.of(
                "length", context.step("large", String.class, () -> large).length());
        job.completed(handler);
        assertThat(job.steps().get(0).value()).isNull();
        assertThat(job.completed(handler)).isEqualTo("{\"length\":100000}");
    }

    @Test
    void aValueIsBoundedLikeAResultAndNotStoredIfItIsLarger() {
        job.workers.limits.resultBytes = 2_000;
        Outcome.Failed failed =
                job.failed(context -> Map.of("v", context.step("large", String.class, () -> "x".repeat(2_000))));
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error())
                .startsWith(
                        "the value of 'large' has more than 2000 bytes, the value of max.result.bytes: store the data");
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void aValueThatIsNoJsonIsRefusedAndNotStored() {
        Outcome.Failed none = job.failed(context -> Map.of("v", context.step("nan", Double.class, () -> Double.NaN)));
        assertThat(none)
                .isEqualTo(new Outcome.Failed(
                        "the value of 'nan' is not valid: NaN is not a JSON number: pass it as text, or omit it",
                        true,
                        null));
        Outcome.Failed object = job.failed(context -> Map.of("v", context.step("obj", Object.class, Object::new)));
        assertThat(object.error()).startsWith("the value of 'obj' cannot be written as JSON: ");
        assertThat(object.permanent()).isTrue();
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void aValueThatDoesNotFitItsTypeFailsForGoodAndAStoredOneSaysWhatToDo() {
        Outcome.Failed first = job.failed(context -> {
            Step<?> wrong = new Step<Object>("count", wide(Count.class), () -> "three", 0, Duration.ZERO, null);
            context.step(wrong);
            return Map.of();
        });
        assertThat(first.permanent()).isTrue();
        assertThat(first.error()).startsWith("the value of 'count' does not match Count: ");
        assertThat(job.steps()).isEmpty();

        job.completed(context -> Map.of("v", context.step("count", String.class, () -> "three")));
        Outcome.Failed later = job.failed(context -> Map.of("v", context.step("count", Integer.class, () -> 3)));
        assertThat(later.permanent()).isTrue();
        assertThat(later.error())
                .startsWith("the value of 'count' does not match Integer: ")
                .endsWith(
                        "; run 2 stored it: finish the job with the version that started it (handlerVersion), or retry"
                                + " the job from step 'count'");
    }

    @SuppressWarnings("unchecked") // a step that does not keep its word
    private static Class<Object> wide(Class<?> type) {
        return (Class<Object>) type;
    }

    @Test
    void whatAStepGaveIsRedactedLikeAResult() {
        JobInterceptor secrets = invocation -> {
            invocation.redact(text -> text.replace("s3cret", "***"));
            return invocation.proceed();
        };
        job.workers.interceptors = List.of(new Interceptor("test", secrets, new RunsInside()));
        JobHandler handler = context -> {
            Map<?, ?> value = context.step("with s3cret", Map.class, () -> Map.of("s3cret", "a s3cret"));
            return Map.of("value", value.toString());
        };
        assertThat(job.completed(handler)).isEqualTo("{\"value\":\"{***=a ***}\"}");
        assertThat(job.completed(handler)).isEqualTo("{\"value\":\"{***=a ***}\"}");
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("with ***");
        assertThat(job.steps()).extracting(StoredStep::value).containsExactly("{\"***\":\"a ***\"}");
    }

    @Test
    void aStepInThePlaceOfAnotherFailsForGoodAndNamesBoth() {
        JobHandler began = context -> {
            context.step("fetch", Integer.class, () -> 1);
            context.step("parse", Integer.class, () -> 2);
            throw new IOException("later");
        };
        job.failed(began);
        assertOther(
                context -> context.step("load", Integer.class, works::incrementAndGet),
                "step 1 was 'fetch' in run 1 and is 'load' now: ",
                "or retry the job from step 'fetch'");
        assertOther(
                context -> {
                    context.step("fetch", Integer.class, works::incrementAndGet);
                    return context.step("clean", Integer.class, works::incrementAndGet);
                },
                "step 2 was 'parse' in run 1 and is 'clean' now: ",
                "or retry the job from step 'parse'");
        assertThat(works).hasValue(0);
    }

    @Test
    void aStepBehindAGapThatIsCalledEarlierIsNamedWithBothPlaces() {
        CountDownLatch stored = new CountDownLatch(1);
        job.failed(context -> {
            List<Step<Integer>> all = List.of(
                    Step.of("left", Integer.class, () -> {
                        stored.await();
                        throw new IOException("no");
                    }),
                    Step.of("right", Integer.class, () -> 2));
            job.workers.onWork = (method, arguments) -> stored.countDown();
            return Map.of("all", context.steps(all, 2));
        });
        assertThat(job.steps()).extracting(StoredStep::number).containsExactly(2);
        assertOther(
                context -> context.step("right", Integer.class, works::incrementAndGet),
                "step 'right' was number 2 in run 1 and is number 1 now: ",
                "step 'right'");
    }

    private void assertOther(Calls steps, String begin, String end) {
        Outcome.Failed failed = job.failed(context -> Map.of("v", steps.call(context)));
        assertThat(failed.error())
                .startsWith(begin
                        + "a job must call its steps in the same order in every run; finish the job with the version that"
                        + " started it (handlerVersion), or retry the job from step ")
                .endsWith(end);
        assertThat(failed.permanent()).isTrue();
    }

    private interface Calls {
        Object call(JobContext context) throws Exception;
    }

    @Test
    void afterARetryFromAStepThatOneAndTheLaterOnesAreDoneAgain() {
        JobHandler handler = context -> {
            int sum = 0;
            for (String name : List.of("a", "b", "c")) {
                sum = sum * 10 + context.step(name, Integer.class, works::incrementAndGet);
            }
            return Map.of("sum", sum);
        };
        assertThat(job.completed(handler)).isEqualTo("{\"sum\":123}");
        job.dropFrom("b");
        assertThat(job.completed(handler)).isEqualTo("{\"sum\":145}");
        assertThat(job.completed(handler)).isEqualTo("{\"sum\":145}");
    }

    @Test
    void aNameThatIsUsedTwiceFailsForGood() {
        Outcome.Failed failed = job.failed(context -> {
            context.step("a", Integer.class, works::incrementAndGet);
            return Map.of("n", context.step("a", Integer.class, works::incrementAndGet));
        });
        assertThat(failed)
                .isEqualTo(new Outcome.Failed(
                        "step 'a' is called twice: use a different name for each step, for example 'a 2'", true, null));
        assertThat(works).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sleep 1", "signal x", "children of", "callback ", "two\nlines", "a\u0000b", "\uD800"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThat(job.failed(context -> Map.of("n", context.step(name, Integer.class, works::incrementAndGet)))
                        .error())
                .startsWith("IllegalArgumentException: step '")
                .contains("': invalid name: use 1 to 200 characters");
        assertThat(works).hasValue(0);
    }

    @Test
    void aNameMayBeAsLongAsThatAndBeginLikeAWaitWithoutABlank() {
        job.completed(context -> {
            context.step("x".repeat(200), Integer.class, works::incrementAndGet);
            context.step("signals", Integer.class, works::incrementAndGet);
            context.step("sleep", Integer.class, works::incrementAndGet);
            assertThatThrownBy(() -> context.step("x".repeat(201), Integer.class, works::incrementAndGet))
                    .isInstanceOf(IllegalArgumentException.class);
            return Map.of();
        });
        assertThat(works).hasValue(3);
    }

    @Test
    void onlyTheHandlersOwnThreadCallsStepsAndNotWithinTheWorkOfOne() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Callable<Integer> nothing = works::incrementAndGet;
        job.completed(context -> {
            Thread other = new Thread(() -> noting(thrown, () -> context.step("elsewhere", Integer.class, nothing)));
            other.start();
            other.join();
            context.step("outer", Integer.class, () -> {
                noting(thrown, () -> context.step("inner", Integer.class, nothing));
                return 1;
            });
            context.steps(
                    List.of(Step.of("fan", Integer.class, () -> {
                        noting(thrown, () -> context.step("of a fan", Integer.class, nothing));
                        return 1;
                    })),
                    1);
            context.step("after", Integer.class, () -> 1);
            return Map.of();
        });
        String why = "' is not allowed: only the handler's own thread may call steps and waits, and not within a step";
        assertThat(thrown)
                .allMatch(IllegalStateException.class::isInstance)
                .extracting(Throwable::getMessage)
                .containsExactly("'elsewhere" + why, "'inner" + why, "'of a fan" + why);
        assertThat(works).hasValue(0);
    }

    private static void noting(List<Throwable> thrown, Callable<?> call) {
        try {
            call.call();
        } catch (Exception e) {
            thrown.add(e);
        }
    }

    @Test
    void aStepOfARunThatIsOverIsRefused() {
        List<JobContext> kept = new ArrayList<>();
        job.completed(context -> {
            kept.add(context);
            return Map.of();
        });
        assertThatThrownBy(() -> kept.get(0).step("late", Integer.class, works::incrementAndGet))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("late is not allowed: run 1 of job " + job.id + " has ended");
    }

    @Test
    void aRunThatIsGivenUpStoresNothingMore() {
        List<Throwable> thrown = new ArrayList<>();
        job.run(context -> {
            noting(
                    thrown,
                    () -> context.step("work", Integer.class, () -> {
                        job.latest().decide(); // by the supervisor, while the work goes on
                        return 1;
                    }));
            return Map.of();
        });
        assertThat(thrown)
                .singleElement()
                .asString()
                .contains("step 'work' is not allowed: run 1 of job " + job.id + " has ended");
        assertThat(job.steps()).isEmpty();
    }

    @Test
    void aRunThatIsToEndBeginsNoOtherStep() {
        Outcome outcome = job.run(context -> {
            context.step("one", Integer.class, works::incrementAndGet);
            job.latest().end(EndReason.CANCELLED);
            Thread.interrupted(); // a library has swallowed it
            context.step("two", Integer.class, works::incrementAndGet);
            return Map.of();
        });
        assertThat(outcome).isEqualTo(new Outcome.Cancelled());
        assertThat(works).hasValue(1);
    }

    @Test
    void aRunThatHasLostItsJobStoresNoStepAndIsToldSo() {
        Run run = job.begin(context -> {
            context.step("one", Integer.class, () -> 1);
            job.lose();
            assertThatThrownBy(() -> context.step("two", Integer.class, () -> 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("step 'two' is not stored: run 1 of job " + job.id + " no longer holds its job,"
                            + " which another run may execute; this run must end");
            assertThat(context.cancelled()).isTrue();
            throw new IOException("ends");
        });
        assertThat(job.workers.execute(run)).isInstanceOf(Outcome.GivenBack.class);
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("one");
    }

    @Test
    void aStoreThatRefusesAStepEndsTheRunWithoutAFailureAndTheNextDoesTheWorkAgain() {
        job.workers.onWork = (method, arguments) -> {
            if (method.equals("keep")) {
                throw new StoreException("the store is away", null);
            }
        };
        JobHandler handler = context -> Map.of("n", context.step("work", Integer.class, works::incrementAndGet));
        assertThat(job.run(handler))
                .isEqualTo(new Outcome.Slept(
                        Duration.ofSeconds(1),
                        "waits for the store: step 'work' could not be stored; the next run repeats it; the"
                                + " store is away"));
        job.workers.onWork = (method, arguments) -> {};
        assertThat(job.completed(handler)).isEqualTo("{\"n\":2}");
    }

    @Test
    void aStepThatCouldNotBeReadMayBeCalledAgain() {
        JobHandler handler = context -> Map.of("n", context.step("work", Integer.class, works::incrementAndGet));
        job.completed(handler);
        boolean[] away = {true};
        job.workers.onWork = (method, arguments) -> {
            if (away[0]) {
                throw new StoreException("the store is away", null);
            }
        };
        assertThat(job.completed(context -> {
                    assertThatThrownBy(() -> handler.handle(context)).isInstanceOf(StoreException.class);
                    away[0] = false;
                    return handler.handle(context);
                }))
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void aStepIsAheadOfTheOutcome() {
        List<Boolean> locked = new ArrayList<>();
        job.workers.onWork = (method, arguments) -> locked.add(Thread.holdsLock(job.latest()));
        job.completed(context -> Map.of("n", context.step("work", Integer.class, works::incrementAndGet)));
        assertThat(locked).containsExactly(true);
    }

    @Test
    void aJobHasSoManyStepsAndNoMore() {
        job.workers.onWork = (method, arguments) -> {
            if (method.equals("keep")) {
                ((List<?>) arguments[1]).forEach(step -> works.incrementAndGet());
            }
        };
        Outcome.Failed failed = job.failed(context -> {
            List<Step<Integer>> steps = IntStream.rangeClosed(0, WorkStore.MAX_STEPS)
                    .mapToObj(n -> Step.of("s" + n, Integer.class, () -> n))
                    .toList();
            return Map.of("n", context.steps(steps, 1));
        });
        assertThat(failed)
                .isEqualTo(new Outcome.Failed(
                        "a job can have at most 10000 steps and waits: split it into several jobs", true, null));
        assertThat(works).hasValue(0);
    }

    @Test
    void aStepIsTriedAgainWithinItsRunWithADoubledPauseAndTheLogSaysSo() {
        Step<Integer> step = Step.of("flaky", Integer.class, () -> {
                    if (works.incrementAndGet() < 4) {
                        throw new IOException("no route");
                    }
                    return works.get();
                })
                .retried(3, Duration.ofMillis(500));
        Run run = job.begin(context -> Map.of("n", context.step(step)));
        assertThat(job.workers.execute(run)).isEqualTo(new Outcome.Completed("{\"n\":4}"));
        assertThat(job.workers.pauses)
                .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(job.workers.store.log(job.id))
                .extracting(LogLine::text)
                .hasSize(3)
                .first()
                .asString()
                .startsWith("step 'flaky' failed; retrying after 0.5 s (retry 1 of 3): IOException: no route (");
    }

    @Test
    void thePauseBetweenTwoTriesIsBoundedAndTheLastTryIsTheRunsFailure() {
        Outcome.Failed failed = job.failed(context -> Map.of(
                "n",
                context.step(Step.<Integer>of("flaky", Integer.class, () -> {
                            throw new IOException("try " + works.incrementAndGet());
                        })
                        .retried(4, Duration.ofMinutes(4)))));
        assertThat(failed.error()).startsWith("IOException: try 5");
        assertThat(job.workers.pauses)
                .containsExactly(
                        Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ofMinutes(10), Duration.ofMinutes(10));
    }

    @Test
    void aStepThatSaysWhenToTryAgainIsTriedThenUnlessThatIsTooLongToHoldAWorker() {
        Duration[] delays = {Duration.ofMillis(1), Duration.ofSeconds(30), Duration.ofMinutes(11)};
        Outcome.Failed failed = job.failed(context -> Map.of(
                "n",
                context.step(Step.<Integer>of("busy", Integer.class, () -> {
                            throw new RetryableException("busy", delays[works.getAndIncrement()], null);
                        })
                        .retried(9, Duration.ofSeconds(1)))));
        assertThat(failed).isEqualTo(new Outcome.Failed("busy", false, Duration.ofMinutes(11)));
        assertThat(job.workers.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void whatIsNoPassingFailureIsNotTriedAgain() {
        for (Throwable thrown : List.of(
                new PermanentException("never"),
                new RateLimitedException("429", Duration.ofSeconds(1), null),
                new SleepException(Duration.ofSeconds(1)),
                new InterruptedException(),
                new StackOverflowError())) {
            works.set(0);
            job.run(context -> Map.of(
                    "n",
                    context.step(Step.<Integer>of("step", Integer.class, () -> {
                                works.incrementAndGet();
                                if (thrown instanceof Error error) {
                                    throw error;
                                }
                                throw (Exception) thrown;
                            })
                            .retried(3, Duration.ZERO))));
            assertThat(works).as(thrown.toString()).hasValue(1);
        }
        assertThat(job.workers.pauses).isEmpty();
    }

    @Test
    void aStepOfARunThatIsToEndIsNotTriedAgain() {
        Outcome outcome = job.run(context -> Map.of(
                "n",
                context.step(Step.<Integer>of("step", Integer.class, () -> {
                            works.incrementAndGet();
                            job.latest().end(EndReason.TIMEOUT);
                            throw new IOException("cut off");
                        })
                        .retried(3, Duration.ZERO))));
        assertThat(outcome).isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        assertThat(works).hasValue(1);
    }

    @Test
    void aRunThatIsEndedByItsTimeoutSaysWhetherItStoredANewStep() {
        JobHandler handler = context -> {
            context.step("one", Integer.class, () -> 1);
            job.latest().end(EndReason.TIMEOUT);
            return Map.of();
        };
        assertThat(job.run(handler)).isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT, false, true));
        assertThat(job.run(handler)).isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT, false, false));
    }

    @Test
    void severalStepsRunAtOnceAndGiveTheirValuesInTheirOrder() {
        CountDownLatch all = new CountDownLatch(3);
        List<String> threads = new CopyOnWriteArrayList<>();
        JobHandler handler = context -> {
            List<Step<Integer>> steps = IntStream.rangeClosed(1, 3)
                    .mapToObj(n -> Step.of("part " + n, Integer.class, () -> {
                        threads.add(Thread.currentThread().getName());
                        all.countDown();
                        all.await();
                        return n * n;
                    }))
                    .toList();
            return Map.of("squares", context.steps(steps, 3));
        };
        assertThat(job.completed(handler)).isEqualTo("{\"squares\":[1,4,9]}");
        assertThat(threads).containsExactlyInAnyOrder("jobyard-step-1", "jobyard-step-2", "jobyard-step-3");
        assertThat(job.steps()).extracting(StoredStep::number).containsExactly(1, 2, 3);
        assertThat(job.completed(handler)).isEqualTo("{\"squares\":[1,4,9]}");
        assertThat(threads).hasSize(3);
    }

    @Test
    void stepsThatRunAtOnceHaveTheJobInTheirMdc() throws Exception {
        MdcFixture seeing = new MdcFixture();
        try {
            List<String> seen = new CopyOnWriteArrayList<>();
            job.completed(context -> {
                context.steps(
                        List.of(Step.of("part", Void.class, () -> {
                            seen.add(seeing.mdc.get("job") + " " + seeing.mdc.get("type"));
                            return null;
                        })),
                        1);
                return Map.of();
            });
            assertThat(seen).containsExactly(job.id + " work");
        } finally {
            seeing.end();
        }
    }

    @Test
    void noMoreRunAtOnceThanAllowed() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        job.completed(context -> {
            List<Step<Void>> steps = IntStream.range(0, 20)
                    .mapToObj(n -> Step.of("part " + n, Void.class, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        return null;
                    }))
                    .toList();
            assertThat(context.steps(steps, 2)).hasSize(20).containsOnlyNulls();
            for (int wrong : List.of(0, 65)) {
                assertThatThrownBy(() -> context.steps(steps, wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("steps(…, " + wrong + ") is out of range: use a parallelism of 1 to 64");
            }
            assertThat(context.steps(List.<Step<Void>>of(), 1)).isEmpty();
            return Map.of();
        });
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void afterOneThatFailsNoOtherIsBegunAndThoseThatRunAreStored() {
        CompletableFuture<Thread> fails = new CompletableFuture<>(); // either thread may have taken it
        CountDownLatch failing = new CountDownLatch(1);
        JobHandler handler = context -> Map.of(
                "all",
                context.steps(
                        List.of(
                                Step.of("fails", Integer.class, () -> {
                                    fails.complete(Thread.currentThread());
                                    failing.await();
                                    throw new IOException("first");
                                }),
                                Step.of("runs", Integer.class, () -> {
                                    Thread failsOn = fails.get();
                                    failing.countDown();
                                    failsOn.join();
                                    return works.incrementAndGet();
                                }),
                                Step.of("never", Integer.class, works::incrementAndGet)),
                        2));
        assertThat(job.failed(handler).error()).startsWith("IOException: first");
        assertThat(job.steps()).extracting(StoredStep::name).containsExactly("runs");
        assertThat(works).hasValue(1);
    }

    @Test
    void stepsThatRunAtOnceHaveWhatTheHandlersThreadHasAndAreJoinedWhenTheRunIsToEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        List<ClassLoader> loaders = new CopyOnWriteArrayList<>();
        AtomicInteger interrupted = new AtomicInteger();
        Callable<Integer> stays = () -> {
            loaders.add(Thread.currentThread().getContextClassLoader());
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return 1;
        };
        Run run = job.begin(context -> Map.of(
                "all",
                context.steps(
                        List.of(
                                Step.of("a", Integer.class, stays),
                                Step.of("b", Integer.class, stays),
                                Step.of("c", Integer.class, stays)),
                        2)));
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> job.workers.execute(run));
        inside.await();
        run.end(EndReason.CANCELLED);
        assertThat(outcome.get()).isEqualTo(new Outcome.Cancelled());
        assertThat(interrupted).hasValue(2);
        assertThat(loaders).containsOnly(getClass().getClassLoader());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContainAnyElementsOf(Arrays.asList("jobyard-step-1", "jobyard-step-2"));
    }
}
