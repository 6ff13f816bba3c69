// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobType;
import io.jobyard.api.ValidationException;
import io.jobyard.doubles.EndlessMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused at submit, with the words it is refused with. */
class ValidationTest {

    private static final String NAMES = "use 1 to 200 of the characters A-Z a-z 0-9 . _ -";
    private static final String PRINTABLE = "use 1 to 200 printable characters";

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void theTypeIsRequiredAndAName() {
        refused(
                JobSpecification.type("").payload(Map.of()),
                "invalid type '': use 1 to 200 of the characters A-Z a-z 0-9 . _ -");
        refused(JobSpecification.type("a b").payload(Map.of()), "invalid type 'a b': " + NAMES);
        refused(JobSpecification.type("ä").payload(Map.of()), "invalid type 'ä': " + NAMES);
        refused(
                JobSpecification.type("x".repeat(201)).payload(Map.of()),
                "invalid type '" + "x".repeat(60) + "…': " + NAMES);
    }

    @Test
    void thePayloadIsRequired() {
        refused(JobSpecification.type("work"), "missing payload: use a JSON object, or {} for an empty one");
        scheduler.submit(JobSpecification.type("work").payload(Map.of()));
    }

    @Test
    void aPayloadThatIsTooLargeIsRefused() {
        scheduler.submit(SchedulerFixture.spec().payload(Map.of("a", "x".repeat(4_088))));
        refused(
                SchedulerFixture.spec().payload(Map.of("a", "x".repeat(4_089))),
                "payload has more than 4096 bytes, the value of max.payload.bytes: store the data elsewhere and pass a reference, or"
                        + " raise max.payload.bytes in io.jobyard.scheduler");
    }

    @Test
    void aPayloadWithoutEndIsRefusedAsSoonAsItIsTooLarge() {
        assertThatThrownBy(() -> new PayloadWriter("payload", "payload").write(new EndlessMap(), 4_096))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("payload has more than 4096 bytes, the value of max.payload.bytes: ");
    }

    @Test
    void aCallOfTooManyJobsIsRefusedAsAWhole() {
        scheduler.settings = new SchedulerSettings(
                60, 3, 100, 5, 2, 600, 86_400, new SchedulerSettings.SubmissionSizes(4_096, 4_096, 3, 16_384));
        List<JobSpecification> four =
                Collections.nCopies(4, SchedulerFixture.spec().payload(Map.of()).build());
        assertThatThrownBy(() -> scheduler.manager.submitAll(four))
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "too many jobs in one call: 4, but max.batch.jobs is 3; submit them in several calls, or raise"
                                + " max.batch.jobs in io.jobyard.scheduler");
        assertThat(scheduler.memory.find(JobQuery.all(10), Set.of()).jobs()).isEmpty();
        assertThat(scheduler.manager.submitAll(four.subList(0, 3))).hasSize(3);
    }

    @Test
    void aCallWhoseJobsAreTooLargeTogetherIsRefusedAsAWholeAndWhileItIsRead() {
        List<Integer> read = new ArrayList<>();
        List<JobSpecification> many = new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                read.add(index);
                return SchedulerFixture.spec()
                        .payload(Map.of("a", "x".repeat(4_000)))
                        .build();
            }

            @Override
            public int size() {
                return 1_000;
            }
        };
        assertThatThrownBy(() -> scheduler.manager.submitAll(many))
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "the payloads of the first 5 of 1000 jobs in one call have 20040 bytes, but max.batch.bytes is"
                                + " 16384: submit them in several calls, or raise max.batch.bytes in io.jobyard.scheduler");
        assertThat(read).containsExactly(0, 1, 2, 3, 4);
        assertThat(scheduler.memory.find(JobQuery.all(10), Set.of()).jobs()).isEmpty();
    }

    @Test
    void aJobAloneIsNoBatch() {
        scheduler.settings = new SchedulerSettings(
                60, 3, 100, 5, 2, 600, 86_400, new SchedulerSettings.SubmissionSizes(65_536, 4_096, 10, 16_384));
        scheduler.submit(SchedulerFixture.spec().payload(Map.of("a", "x".repeat(40_000))));
    }

    @Test
    void aPayloadThatIsTooDeepIsRefused() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 100_000; i++) {
            deep = Map.of("a", deep);
        }
        refused(SchedulerFixture.spec().payload(deep), "payload is nested deeper than 500 levels: flatten it");
        Map<String, Object> round = new HashMap<>();
        round.put("self", round);
        refused(SchedulerFixture.spec().payload(round), "payload is nested deeper than 500 levels: flatten it");
    }

    @Test
    void numbersThatWouldNotSurviveAreRefusedByName() {
        scheduler.submit(SchedulerFixture.spec()
                .payload(Map.of("a", new BigDecimal("1.10"), "b", BigInteger.TEN.pow(99), "c", 0.1f, "d", -0.0)));
        refused(
                SchedulerFixture.spec().payload(Map.of("a", List.of(1, Double.NaN))),
                "payload /a/1: NaN is not a JSON number: pass it as text, or omit it");
        refused(
                SchedulerFixture.spec().payload(Map.of("a", new double[] {Double.NEGATIVE_INFINITY})),
                "payload /a/0: -Infinity is not a JSON number: pass it as text, or omit it");
        refused(
                SchedulerFixture.spec().payload(Map.of("a", Map.of("b", new BigDecimal("1e400")))),
                "payload /a/b: 1E+400 is larger than a number can be: pass it as text");
        refused(
                SchedulerFixture.spec().payload(Map.of("a", new BigDecimal("0.12345678901234567890"))),
                "payload /a: 0.12345678901234567890 would become 0.12345678901234568: pass it as text");
    }

    @Test
    void aHugeNumberIsRefusedBeforeItIsWritten() {
        BigInteger huge = BigInteger.ONE.shiftLeft(100_000_000);
        assertTimeout(
                Duration.ofSeconds(2),
                () -> refused(
                        SchedulerFixture.spec().payload(Map.of("a", huge)),
                        "payload /a: a number with more than 1000 digits is not allowed: pass it as text"));
    }

    @Test
    void aPayloadThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> scheduler.submit(SchedulerFixture.spec().payload(Map.of("a", new Object()))))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("payload cannot be written as JSON")
                .hasMessageContaining(" at payload.a: use maps, lists")
                .extracting(refused -> ((ValidationException) refused).field())
                .isEqualTo("payload.a");
    }

    private record Line(String article, Object count) {}

    private record Order(Instant at, Duration within, List<Line> lines) {}

    @Test
    void aPayloadIsAnObjectOfAnyClassThatJacksonWrites() {
        JobType<Order, Line> order = JobType.of("order", Order.class, Line.class);
        Instant at = Instant.parse("2030-01-01T00:00:00Z");
        JobId id = scheduler
                .manager
                .submit(order, new Order(at, Duration.ofHours(2), List.of(new Line("a", 3))))
                .id();
        assertThat(scheduler.memory.payload(id))
                .contains(
                        "{\"at\":\"2030-01-01T00:00:00Z\",\"within\":\"PT2H\",\"lines\":[{\"article\":\"a\",\"count\":3}]}");
        assertThat(scheduler.manager.job(id).type()).isEqualTo("order");
        assertThatThrownBy(() -> scheduler.manager.submit(
                        order, new Order(at, Duration.ZERO, List.of(new Line("a", 1), new Line("b", new Object())))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(" at payload.lines[1].count: ")
                .extracting(refused -> ((ValidationException) refused).field())
                .isEqualTo("payload.lines[1].count");
        refused(
                SchedulerFixture.spec().payload(List.of(1)),
                "payload is not a JSON object: use a map, or a class that Jackson writes as an object, for example a record");
    }

    @Test
    void theHandlersProblemsAreTold() {
        scheduler.handlers.problems.addAll(List.of(
                new FieldProblem("payload.tool_name", "tool_name is required for work jobs"),
                new FieldProblem("payload.parameters", "parameters is required for work jobs")));
        refused(SchedulerFixture.spec(), "tool_name is required for work jobs; parameters is required for work jobs");
    }

    @Test
    void thePriorityIsALevel() {
        refused(SchedulerFixture.spec().priority(0), "priority 0 is out of range: use 1 (first) to 10 (last)");
        refused(SchedulerFixture.spec().priority(11), "priority 11 is out of range: use 1 (first) to 10 (last)");
        assertThat(terms(SchedulerFixture.spec().priority(1)).terms().routing().priority())
                .isEqualTo(1);
        assertThat(terms(SchedulerFixture.spec().priority(10)).terms().routing().priority())
                .isEqualTo(10);
        assertThat(terms(SchedulerFixture.spec()).terms().routing().priority()).isEqualTo(5);
    }

    @Test
    void theTimeoutIsOneSecondToOneDay() {
        refused(
                SchedulerFixture.spec().timeout(Duration.ofMillis(999)),
                "timeout 0.999 s is out of range: use 1 to 86400 seconds");
        refused(
                SchedulerFixture.spec().timeout(Duration.ofSeconds(86_401)),
                "timeout 86401 s is out of range: use 1 to 86400 seconds");
        refused(
                SchedulerFixture.spec().timeout(Duration.ofSeconds(-5)),
                "timeout -5 s is out of range: use 1 to 86400 seconds");
        refused(
                SchedulerFixture.spec().timeout(Duration.ofSeconds(Long.MAX_VALUE)),
                "timeout 9223372036854775807 s is out of range: use 1 to 86400 seconds");
        assertThat(terms(SchedulerFixture.spec().timeout(Duration.ofDays(1)))
                        .terms()
                        .runs()
                        .timeout())
                .isEqualTo(Duration.ofDays(1));
        assertThat(terms(SchedulerFixture.spec()).terms().runs().timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theRetriesAreNoneToTen() {
        refused(SchedulerFixture.spec().maxRetries(-1), "maxRetries -1 is out of range: use 0 (none) to 10");
        refused(SchedulerFixture.spec().maxRetries(11), "maxRetries 11 is out of range: use 0 (none) to 10");
        assertThat(terms(SchedulerFixture.spec().maxRetries(0)).terms().runs().maxRetries())
                .isZero();
        assertThat(terms(SchedulerFixture.spec()).terms().runs().maxRetries()).isEqualTo(3);
    }

    @Test
    void theQueueKeyAndLabelsAreTexts() {
        refused(SchedulerFixture.spec().queue("a/b"), "invalid queue 'a/b': " + NAMES);
        refused(
                SchedulerFixture.spec().queue(""),
                "invalid queue '': use 1 to 200 of the characters A-Z a-z 0-9 . _ -");
        refused(SchedulerFixture.spec().key(" "), "invalid key ' ': " + PRINTABLE);
        refused(SchedulerFixture.spec().key("a\nb"), "invalid key 'a\\nb': " + PRINTABLE);
        refused(SchedulerFixture.spec().key("k".repeat(201)), "invalid key '" + "k".repeat(60) + "…': " + PRINTABLE);
        refused(SchedulerFixture.spec().label("a b", "c"), "invalid label 'a b': " + NAMES);
        refused(SchedulerFixture.spec().label("a", ""), "invalid value of label a '': " + PRINTABLE);
        assertThatThrownBy(() -> scheduler.submit(SchedulerFixture.spec().label("a", "half \ud83d")))
                .isInstanceOf(ValidationException.class)
                .hasMessageEndingWith(PRINTABLE);
        JobSpecificationBuilder many = SchedulerFixture.spec();
        for (int i = 0; i < 21; i++) {
            many.label("l" + i, "v");
        }
        refused(many, "too many labels: the job has 21; use at most 20");
        assertThat(terms(SchedulerFixture.spec().label("a", "b"))
                        .terms()
                        .identity()
                        .labels())
                .containsEntry("a", "b");
    }

    @Test
    void theTimesMakeSense() {
        refused(
                SchedulerFixture.spec().deadline(SchedulerFixture.START),
                "deadline 2030-01-01T00:00:00Z has passed: use a time after 2030-01-01T00:00:00Z");
        refused(
                SchedulerFixture.spec()
                        .notBefore(SchedulerFixture.START.plusSeconds(9))
                        .deadline(SchedulerFixture.START.plusSeconds(9)),
                "invalid deadline 2030-01-01T00:00:09Z: it is not after notBefore 2030-01-01T00:00:09Z, so the job could never start");
        refused(
                SchedulerFixture.spec().expires(SchedulerFixture.START),
                "expires 2030-01-01T00:00:00Z has passed: use a time after 2030-01-01T00:00:00Z");
        refused(
                SchedulerFixture.spec()
                        .notBefore(SchedulerFixture.START.plusSeconds(9))
                        .expires(SchedulerFixture.START.plusSeconds(9)),
                "invalid expires 2030-01-01T00:00:09Z: it is not after notBefore 2030-01-01T00:00:09Z, so the job could never start");
        String range = " is out of range: use a time from 1970-01-01T00:00:00Z to the year 9999";
        refused(SchedulerFixture.spec().expires(Instant.MAX), "expires " + Instant.MAX + range);
        refused(SchedulerFixture.spec().notBefore(Instant.MIN), "notBefore " + Instant.MIN + range);
        Job job = terms(SchedulerFixture.spec().notBefore(SchedulerFixture.START.plusNanos(1_999)));
        assertThat(job.terms().times().notBefore()).isEqualTo(SchedulerFixture.START.plusNanos(1_000));
    }

    @Test
    void theHandlerVersionIsARange() {
        for (String wrong : List.of("", "x", "[1,2", "[2,1]", "1." + "0".repeat(300))) {
            refused(
                    SchedulerFixture.spec().handlerVersion(wrong),
                    "invalid handlerVersion '" + (wrong.length() > 60 ? wrong.substring(0, 60) + "…" : wrong)
                            + "': use an OSGi version range, for example 1.2 (1.2 or higher) or [1.2,2)");
        }
        assertThat(terms(SchedulerFixture.spec().handlerVersion("[1.2,2)"))
                        .terms()
                        .routing()
                        .handlerVersion())
                .isEqualTo("[1.2,2)");
    }

    @Test
    void theOneAtFaultOfSeveralIsNamed() {
        JobId unknown = JobId.of("01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90");
        for (JobSpecificationBuilder bad : List.of(
                SchedulerFixture.spec().priority(11), SchedulerFixture.spec().dependsOn(unknown))) {
            List<JobSpecification> all = List.of(
                    SchedulerFixture.spec().build(), SchedulerFixture.spec().build(), bad.build());
            assertThatThrownBy(() -> scheduler.manager.submitAll(all))
                    .hasMessageStartingWith("job 3 of the call: ")
                    .extracting("index")
                    .isEqualTo(2);
        }
    }

    @Test
    void anUnknownDependencyIsRefused() {
        JobId unknown = JobId.of("01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90");
        refused(SchedulerFixture.spec().dependsOn(unknown), "unknown dependency " + unknown + ": no job has this ID");
    }

    @Test
    void namesAreKnownAndUsedOnce() {
        refused(SchedulerFixture.spec().dependsOn("a"), "unknown dependency 'a': no job of this call has this name");
        refused(
                List.of(
                        SchedulerFixture.spec().name("x"),
                        SchedulerFixture.spec().name("y").dependsOn("z")),
                "job 2 of the call: unknown dependency 'z': no job of this call has this name; use one of x, y");
        refused(
                List.of(
                        SchedulerFixture.spec().name("x"),
                        SchedulerFixture.spec().name("x")),
                "job 2 of the call: name 'x' is used twice: give each job a different name");
        refused(List.of(), "nothing to submit: submit at least one specification");
    }

    @Test
    void aCircleIsRefusedAndNamedInOrder() {
        refused(
                List.of(
                        SchedulerFixture.spec().name("start"),
                        SchedulerFixture.spec().name("a").dependsOn("start", "b"),
                        SchedulerFixture.spec().name("b").dependsOn("c"),
                        SchedulerFixture.spec().name("c").dependsOn("a"),
                        SchedulerFixture.spec().name("behind").dependsOn("c")),
                "job 2 of the call: the dependencies form a cycle: a → b → c → a");
        refused(SchedulerFixture.spec().name("me").dependsOn("me"), "the dependencies form a cycle: me → me");
    }

    @Test
    void aCircleThroughAKeyUsedTwiceIsRefused() {
        refused(
                List.of(
                        SchedulerFixture.spec().key("k").name("a").dependsOn("b"),
                        SchedulerFixture.spec().key("k").name("b")),
                "job 1 of the call: the dependencies form a cycle: a → a");
        refused(
                List.of(
                        SchedulerFixture.spec().key("k").dependsOn("b"),
                        SchedulerFixture.spec().key("k").name("b")),
                "job 1 of the call: the dependencies form a cycle: the job with key k → the job with key k");
    }

    @Test
    void theUserIsAText() {
        assertThatThrownBy(() -> scheduler.manager.as(""))
                .hasMessage(
                        "invalid user '': use 1 to 200 printable characters, without a space at the beginning or end");
    }

    private Job terms(JobSpecificationBuilder specification) {
        return scheduler.job(scheduler.submit(specification));
    }

    @Test
    void aFaultBetweenJobsIsToldWithTheFieldThatMakesIt() {
        assertThat(fieldAt(
                        SchedulerFixture.spec().name("x"),
                        SchedulerFixture.spec().name("x")))
                .isEqualTo("1 name");
        assertThat(fieldAt(
                        SchedulerFixture.spec().name("x"),
                        SchedulerFixture.spec().dependsOn("y")))
                .isEqualTo("1 dependencies");
        assertThat(fieldAt(
                        SchedulerFixture.spec().name("a"),
                        SchedulerFixture.spec().name("b").dependsOn("c"),
                        SchedulerFixture.spec().name("c").dependsOn("b")))
                .isEqualTo("1 dependencies");
        assertThat(fieldAt(
                        SchedulerFixture.spec().group("inner").endsGroup("outer"),
                        SchedulerFixture.spec().group("outer").endsGroup("inner")))
                .isEqualTo("0 endsGroup");
    }

    private String fieldAt(JobSpecificationBuilder... specifications) {
        List<JobSpecification> all = Arrays.stream(specifications)
                .map(JobSpecificationBuilder::build)
                .toList();
        ValidationException fault =
                catchThrowableOfType(ValidationException.class, () -> scheduler.manager.submitAll(all));
        return fault.index() + " " + fault.field();
    }

    private void refused(JobSpecificationBuilder specification, String message) {
        refused(List.of(specification), message);
    }

    /** Refused with the message, also when good ones stand around it, and nothing is stored. */
    private void refused(List<JobSpecificationBuilder> specifications, String message) {
        int before =
                scheduler.memory.find(JobQuery.all(10_000), Set.of()).jobs().size();
        List<JobSpecification> all = new ArrayList<>();
        specifications.forEach(one -> all.add(one.build()));
        assertThatThrownBy(() -> scheduler.manager.submitAll(all))
                .isInstanceOf(ValidationException.class)
                .hasMessage(message);
        if (specifications.size() == 1
                && specifications.get(0).build().dependencies().names().isEmpty()) {
            all.add(0, SchedulerFixture.spec().name("good").build());
            assertThatThrownBy(() -> scheduler.manager.submitAll(all)).hasMessageEndingWith(" of the call: " + message);
        }
        assertThat(scheduler.memory.find(JobQuery.all(10_000), Set.of()).jobs()).hasSize(before);
    }

    @Test
    void halvesOfSurrogatePairsInThePayloadAreReplaced() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().payload(Map.of("name \ud83d", "half \ude00, whole \ud83d\ude00")));
        assertThat(scheduler.memory.payload(id)).contains("{\"name \\uFFFD\":\"half \\uFFFD, whole \\uD83D\\uDE00\"}");
    }

    @Test
    void aListWhoseIteratorOutrunsItsSizeIsRefused() {
        assertThatThrownBy(() -> scheduler.manager.submitAll(listOf(2, 1_000_000)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("its size() is 2, but its iterator returns more");
        assertThatThrownBy(() -> scheduler.manager.submitAll(listOf(2, 1)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("returns fewer");
    }

    private static List<JobSpecification> listOf(int size, int returned) {
        return new AbstractList<>() {
            @Override
            public JobSpecification get(int index) {
                assertThat(index).as("specifications read").isLessThanOrEqualTo(size);
                return SchedulerFixture.spec().build();
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<JobSpecification> iterator() {
                return IntStream.range(0, returned).mapToObj(this::get).iterator();
            }
        };
    }
}
