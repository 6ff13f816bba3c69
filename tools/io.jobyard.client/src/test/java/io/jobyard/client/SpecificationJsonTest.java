// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpecificationJsonTest {

    private static final JobSpecification ALL = JobSpecification.type("mail")
            .payload(Map.of("to", "ann"))
            .priority(2)
            .queue("letters")
            .dependsOn(new JobId(new UUID(1, 2)))
            .dependsOn(new JobId(new UUID(1, 3)), DependencyPolicy.CANCEL)
            .ifDependencyFails(DependencyPolicy.RUN)
            .timeout(Duration.ofMillis(86_399_999))
            .maxRetries(0)
            .notBefore(Instant.parse("2027-01-31T08:00:00.123456Z"))
            .expires(Instant.parse("2027-02-01T08:00:00Z"))
            .deadline(Instant.parse("2027-02-02T08:00:00Z"))
            .keyPolicy(KeyPolicy.throttle(Duration.ofDays(365)))
            .key("ann's \"mail\"")
            .label("run", "night")
            .group("night")
            .endsGroup("evening")
            .handlerVersion("[1,2)")
            .limits("smtp")
            .estimate("letters", 1.5)
            .build();

    private static Map<String, Object> written(JobSpecification job) {
        Map<String, Object> all = new HashMap<>(JsonReader.object("options", SpecificationJson.options(job)));
        all.put("type", job.type());
        all.put("payload", JsonReader.object("payload", SpecificationJson.payload(job)));
        return all;
    }

    @Test
    void everyFieldReadsAsItWas() {
        Map<String, Object> written = written(ALL);
        Set<String> fields = JobField.ALL.stream().map(JobField::name).collect(Collectors.toSet());
        fields.removeAll(Set.of("name", "slots")); // slots are units of the estimate
        assertThat(written).containsOnlyKeys(fields);
        assertThat(new SpecificationReader(JobId::of, Clock.systemUTC()).read("it", written, Set.of()))
                .usingRecursiveComparison()
                .isEqualTo(ALL);
    }

    private record Line(String article, Object count) {}

    private record Order(Instant at, Duration within, List<Line> lines) {}

    @Test
    void namesAreForJobsOfOneCall() {
        JobSpecification job = JobSpecification.type("mail")
                .payload(Map.of())
                .name("second")
                .dependsOn("first")
                .dependsOn("zeroth", DependencyPolicy.CANCEL)
                .build();
        assertThat(new SpecificationReader(JobId::of, Clock.systemUTC())
                        .read(
                                "it",
                                JsonReader.object("it", JsonFields.write(SpecificationJson.of(job))),
                                Set.of("first", "zeroth")))
                .usingRecursiveComparison()
                .isEqualTo(job);
    }

    @Test
    void aPayloadIsAnyObjectThatJacksonWrites() {
        Instant at = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(SpecificationJson.payload(JobSpecification.type("order")
                        .payload(new Order(at, Duration.ofHours(2), List.of(new Line("a", 3))))
                        .build()))
                .isEqualTo(
                        "{\"at\":\"2030-01-01T00:00:00Z\",\"within\":\"PT2H\",\"lines\":[{\"article\":\"a\",\"count\":3}]}");
        assertThatThrownBy(() -> SpecificationJson.payload(JobSpecification.type("order")
                        .payload(new Order(at, Duration.ZERO, List.of(new Line("a", new Object()))))
                        .build()))
                .isInstanceOf(ValidationException.class)
                .extracting(refused -> ((ValidationException) refused).field())
                .isEqualTo("payload.lines[0].count");
        assertThatThrownBy(() -> SpecificationJson.payload(
                        JobSpecification.type("order").payload(List.of(1)).build()))
                .hasMessageStartingWith("payload is not a JSON object");
    }

    @Test
    void whatIsNotSaidIsLeftOut() {
        JobSpecification job = JobSpecification.type("mail").payload(Map.of()).build();
        assertThat(SpecificationJson.options(job)).isEqualTo("{}");
    }

    @Test
    void whatNoJobCanBeIsRefused() {
        assertThatThrownBy(() -> written(JobSpecification.type("mail").build()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("missing payload");
        assertThatThrownBy(() ->
                        written(JobSpecification.type("mail").dependsOn("first").build()))
                .hasMessageContaining("depend on the id");
        assertThatThrownBy(() -> written(JobSpecification.type("mail")
                        .payload(Map.of("at", new Object()))
                        .build()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("cannot be written as JSON");
    }
}
