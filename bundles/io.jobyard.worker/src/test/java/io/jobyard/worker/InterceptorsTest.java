// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.LogLine;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.doubles.EndlessMap;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** What stands around a run, and what it may do. */
class InterceptorsTest {

    private static final String SECRET = "s3cr\"t\n";

    private final WorkerFixture workers = new WorkerFixture();
    private final JobInterceptor redaction = invocation -> {
        invocation.redact(text -> text.replace(SECRET, "***").replace("4711", "#"));
        return invocation.proceed();
    };

    @Test
    void theyStandAroundTheHandlerInTheirOrder() {
        List<String> calls = new ArrayList<>();
        around(noting("outer", calls), noting("inner", calls));
        Outcome outcome = execute(context -> {
            calls.add("handler");
            return Map.of("n", 1);
        });
        assertThat(outcome).isEqualTo(new Outcome.Completed("{\"n\":1}"));
        assertThat(calls).containsExactly("outer", "inner", "handler", "inner ends", "outer ends");
        assertThat(workers.interceptors)
                .allMatch(interceptor -> interceptor.runs().count() == 0);
    }

    @Test
    void theyMayGiveTheHandlerAnotherPayload() {
        around(invocation -> {
            assertThat(invocation.context().payload()).isEmpty();
            invocation.payload(Map.of("text", "another"));
            return invocation.proceed();
        });
        assertThat(execute(context -> Map.of(
                        "map", context.payload(),
                        "record", context.payload(Wanted.class))))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        done -> assertThat(done.result())
                                .contains("\"map\":{\"text\":\"another\"}", "\"record\":{\"text\":\"another\"}"));
    }

    @Test
    void theySeeWhoseHandlerItIsAndWhatItsSchemaMarksInThePayloadAsItIsNow() {
        List<Object> seen = new ArrayList<>();
        JobInterceptor looking = invocation -> {
            seen.add(invocation.handlerBundle());
            seen.add(invocation.marked("x-mark"));
            return invocation.proceed();
        };
        around(
                looking,
                invocation -> {
                    invocation.payload(Map.of("text", "another"));
                    return invocation.proceed();
                },
                looking);
        PayloadSchema schema = PayloadSchema.of("work", "{\"properties\": {\"text\": {\"x-mark\": true}}}");
        HandlerTerms terms = new HandlerTerms(schema, Set.of(), Set.of(), RunTerms.NONE, "", Set.of(), null, false);
        workers.handlers.add(
                new Handler("work", Version.parseVersion("1.0.0"), "test 1.0.0", 1, context -> Map.of(), terms));
        workers.execute(workers.run(workers.assignment("work")));
        assertThat(seen).containsExactly("test", Set.of(), "test", Set.of("/text"));
    }

    @Test
    void whatTheyThrowIsAsIfTheHandlerHadThrownIt() {
        around(invocation -> {
            throw new SleepException(Duration.ofSeconds(7));
        });
        assertThat(execute(context -> Map.of())).isEqualTo(new Outcome.Slept(Duration.ofSeconds(7), null));
    }

    @Test
    void whatARunTellsIsRedacted() {
        around(redaction);
        assertThat(execute(context -> Map.of(SECRET, List.of("a " + SECRET + "b", 4711, true))))
                .isEqualTo(new Outcome.Completed("{\"***\":[\"a ***b\",\"#\",true]}"));
        assertThat(failed(new IllegalStateException("bad " + SECRET)).error())
                .startsWith("IllegalStateException: bad *** (");
        assertThat(failed(new IllegalStateException("x".repeat(995) + SECRET)).error())
                .startsWith("IllegalStateException: " + "x".repeat(900))
                .doesNotContain("s3");
        assertThat(execute(context -> {
                    throw new RateLimitedException("429 for " + SECRET, Duration.ZERO, null);
                }))
                .isEqualTo(new Outcome.RateLimited(Duration.ZERO, "429 for ***"));
        assertThat(execute(context -> {
                    throw new SleepException("until " + SECRET, Duration.ZERO);
                }))
                .isEqualTo(new Outcome.Slept(Duration.ZERO, "until ***"));
    }

    @Test
    void progressAndLogAreRedacted() {
        around(redaction);
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            context.progress(1, 2, "with " + SECRET);
            context.log("x".repeat(997) + SECRET);
            return Map.of();
        });
        workers.execute(run);
        assertThat(run.view().progress().text()).isEqualTo("with ***");
        assertThat(run.lines.take()).extracting(LogLine::text).containsExactly("x".repeat(997) + "***");
    }

    @Test
    void whatIsTooLongToBeRedactedIsWithheld() {
        around(redaction);
        assertThat(failed(new IllegalStateException(SECRET.repeat(1_000_000))).error())
                .startsWith("IllegalStateException: (withheld: ")
                .doesNotContain("s3");
        assertThat(failed(new IllegalStateException("x".repeat(99_990) + SECRET))
                        .error())
                .startsWith("IllegalStateException: xxx");
    }

    @Test
    void aPayloadThatAnInterceptorHandsOnIsBounded() {
        around(invocation -> {
            invocation.payload(new EndlessMap());
            return invocation.proceed();
        });
        assertThat(execute(context -> Map.of()))
                .isEqualTo(new Outcome.Failed(
                        "the payload changed by an interceptor has more than 1048576 bytes, the value of"
                                + " max.payload.bytes: raise max.payload.bytes in io.jobyard.scheduler",
                        true,
                        null));
    }

    @Test
    void theyMayGiveTheHandlerSecretsByNameOfWhichTheRunIsRedactedFromThenOn() {
        around(invocation -> {
            invocation.secrets(name -> {
                invocation.redact(text -> text.replace(SECRET, "***"));
                return name.equals("openai") ? SECRET : name;
            });
            return invocation.proceed();
        });
        assertThat(execute(context -> {
                    context.log("before");
                    String secret = context.secret("openai");
                    return Map.of("secret", secret, "length", secret.length());
                }))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        done -> assertThat(done.result())
                                .contains("\"secret\":\"***\"", "\"length\":" + SECRET.length()));
    }

    @Test
    void aRunThatNobodyGivesSecretsIsTriedAgainLater() {
        assertThat(execute(context -> Map.of("secret", context.secret("openai"))))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.error())
                            .startsWith(
                                    "secret openai: not available, because no bundle provides secrets: start io.jobyard.secrets");
                    assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                });
    }

    @Test
    void aRunThatIsOverGetsNoSecret() {
        List<JobContext> kept = new ArrayList<>();
        around(invocation -> {
            invocation.secrets(name -> SECRET);
            return invocation.proceed();
        });
        execute(context -> {
            kept.add(context);
            return Map.of();
        });
        assertThatThrownBy(() -> kept.get(0).secret("openai"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret is not allowed: run");
    }

    @Test
    void whatARedactionThrowsAtIsNotTold() {
        around(invocation -> {
            invocation.redact(text -> {
                throw new IllegalStateException(text);
            });
            return invocation.proceed();
        });
        String withheld = "(withheld: redaction failed with IllegalStateException)";
        assertThat(failed(new IllegalStateException(SECRET)).error())
                .startsWith("IllegalStateException: " + withheld)
                .doesNotContain(SECRET);
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            context.progress(1, 2, SECRET);
            context.log(SECRET);
            return Map.of("text", SECRET);
        });
        assertThat(workers.execute(run))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).contains(withheld).doesNotContain(SECRET));
        assertThat(run.view().progress().text()).isEqualTo(withheld);
        assertThat(run.lines.take())
                .extracting(LogLine::text)
                .startsWith(withheld)
                .allMatch(line -> line.contains(withheld) && !line.contains(SECRET));
    }

    @Test
    void oneThatLeavesIsLeftOutOfRunsThatBeginLater() throws Exception {
        List<String> calls = new ArrayList<>();
        around(noting("leaving", calls));
        workers.interceptors.get(0).runs().drain(Duration.ZERO, Duration.ZERO);
        assertThat(execute(context -> Map.of())).isEqualTo(new Outcome.Completed("{}"));
        assertThat(calls).isEmpty();
    }

    record Wanted(String text) {}

    private static JobInterceptor noting(String name, List<String> calls) {
        return invocation -> {
            calls.add(name);
            try {
                return invocation.proceed();
            } finally {
                calls.add(name + " ends");
            }
        };
    }

    private void around(JobInterceptor... outermostFirst) {
        workers.interceptors = Stream.of(outermostFirst)
                .map(each -> new Interceptor("test", each, new RunsInside()))
                .toList();
    }

    private Outcome.Failed failed(RuntimeException thrown) {
        return (Outcome.Failed) execute(context -> {
            throw thrown;
        });
    }

    private Outcome execute(JobHandler handler) {
        Handler only = workers.handle("work", handler);
        try {
            return workers.execute(workers.run(workers.assignment("work")));
        } finally {
            workers.handlers.remove(only);
        }
    }
}
