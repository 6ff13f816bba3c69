// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificationReaderTest {

    private static final Instant NOW = Instant.parse("2027-01-31T08:00:00Z");
    private static final JobId STORED = new JobId(new UUID(1, 2));

    /** Knows one job, by its end. */
    private final StatusReporter status = (StatusReporter) Proxy.newProxyInstance(
            StatusReporter.class.getClassLoader(),
            new Class<?>[] {StatusReporter.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("resolve") && arguments[0].equals("0002")) {
                    return STORED;
                }
                throw new JobNotFoundException(String.valueOf(arguments[0]));
            });

    private final SpecificationReader reader = new SpecificationReader(status, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void everyFieldIsRead() {
        JobSpecification job = read("""
                {"type": "echo", "payload": {"a": 1}, "name": "me", "priority": 2, "queue": "q",
                 "dependencies": ["first", "0002"], "ifDependencyFails": "run", "timeout": "5m", "maxRetries": 0,
                 "notBefore": "2h", "expires": "2027-02-01T08:00:00Z", "deadline": "3d", "key": "k",
                 "keyPolicy": "throttle:5m", "labels": {"a": "b"},
                 "group": "night", "endsGroup": "evening", "handlerVersion": "[1,2)", "limits": ["openai"], "estimate": {"tokens": 800}}
                """);
        assertThat(job.type()).isEqualTo("echo");
        assertThat(job.payload()).isEqualTo(Map.of("a", 1));
        assertThat(job.identity().name()).isEqualTo("me");
        assertThat(job.routing().priority()).isEqualTo(2);
        assertThat(job.routing().queue()).isEqualTo("q");
        assertThat(job.dependencies().names()).containsExactly("first");
        assertThat(job.dependencies().ids()).containsExactly(STORED);
        assertThat(job.ifDependencyFails()).isEqualTo(DependencyPolicy.RUN);
        assertThat(job.runs().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(job.runs().maxRetries()).isZero();
        assertThat(job.times().notBefore()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(job.times().expires()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(job.times().deadline()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        assertThat(job.identity().key()).isEqualTo("k");
        assertThat(job.identity().keyPolicy()).isEqualTo(KeyPolicy.throttle(Duration.ofMinutes(5)));
        assertThat(job.identity().labels()).containsEntry("a", "b");
        assertThat(job.identity().group()).isEqualTo("night");
        assertThat(job.identity().endsGroup()).isEqualTo("evening");
        assertThat(job.routing().handlerVersion()).isEqualTo("[1,2)");
        assertThat(job.demand().limits()).containsExactly("openai");
        assertThat(job.demand().estimate()).containsEntry("tokens", 800.0);
        assertThat(JobField.ALL).hasSize(21);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payload\": 1 | payload must be a JSON object",
                "\"name\": 1 | name must be a string",
                "\"priority\": \"1\" | priority must be a whole number",
                "\"priority\": 1.5 | priority must be a whole number",
                "\"dependencies\": \"first\" | dependencies must be a list of names and IDs, for example [\"first\"]",
                "\"dependencies\": [1] | dependencies must be a string",
                "\"dependencies\": [\"gone\"] | no line has the name 'gone', and no job has the ID gone",
                "\"dependencies\": [{\"id\": \"first\"}] | dependencies may contain {\"id\": \"first\", \"ifFails\": \"run\"}",
                "\"dependencies\": [{\"id\": 1, \"ifFails\": \"run\"}] | dependencies id must be a string",
                "\"dependencies\": [{\"id\": \"first\", \"ifFails\": \"skip\"}] | invalid dependency policy 'skip'; use fail",
                "\"dependencies\": [{\"id\": \"gone\", \"ifFails\": \"run\"}] | no line has the name 'gone', and no job has",
                "\"timeout\": \"5x\" | invalid timeout '5x'; use a duration, for example 500ms, 30s, 5m, 2h or 1d",
                "\"keyPolicy\": \"last\" | invalid key policy 'last'; use return, replace, debounce:TIME",
                "\"keyPolicy\": \"debounce:x\" | invalid debounce 'x'; use a duration",
                "\"notBefore\": \"soon\" | notBefore must be an instant such as 2027-01-31T08:00:00Z, or a duration",
                "\"labels\": {\"a\": 1} | label a must be a string",
                "\"limits\": \"a\" | limits must be a list of names, for example [\"openai\"]",
                "\"estimate\": {\"tokens\": \"x\"} | estimate tokens must be a number",
                "\"type\": null | type is missing; set the job type",
                "\"payload\": null | payload is missing; use a JSON object, or {} for an empty one",
                "\"prio\": 1 | unknown field 'prio' (did you mean 'priority'?); use type, payload, name, priority, queue, dependencies"
            })
    void whatIsWrongIsNamedWithItsPlace(String member, String fault) {
        String name = member.substring(1, member.indexOf('"', 1));
        String rest = (name.equals("type") ? "" : "\"type\": \"echo\", ")
                + (name.equals("payload") ? "" : "\"payload\": {}, ");
        assertThatThrownBy(() -> read("{" + rest + member + "}"))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("line 3: " + fault);
    }

    @Test
    void anErrorOfTheOnlyObjectOfACallNamesNoPosition() {
        assertThatThrownBy(() -> alone(SpecificationReader.ALONE, "{\"timeout\": \"5x\"}"))
                .hasMessageStartingWith("invalid timeout '5x'; use a duration");
        assertThatThrownBy(() -> alone(SpecificationReader.ALONE, "{\"priority\": 1.5}"))
                .hasMessage("priority must be a whole number")
                .extracting(fault -> ((ValidationException) fault).field())
                .isEqualTo("priority");
        assertThatThrownBy(() -> alone(SpecificationReader.ALONE, "{\"dependencies\": [\"gone\"]}"))
                .hasMessageStartingWith("no job has the ID gone");
        assertThatThrownBy(() -> alone(SpecificationReader.OPTIONS, "{\"dependencies\": [\"gone\"]}"))
                .hasMessageStartingWith("no job has the ID gone");
        assertThatThrownBy(() -> alone(SpecificationReader.OPTIONS, "{\"maxRetries\": \"x\"}"))
                .hasMessage("--retries must be a whole number, not 'x'");
    }

    private JobSpecification alone(String where, String json) {
        JobSpecification like = JobSpecification.type("echo").payload(Map.of()).build();
        return reader.copy(where, like, JsonReader.object("it", json));
    }

    @Test
    void aDependencyMayHaveAPolicyOfItsOwn() {
        JobSpecification job = read("""
                {"type": "echo", "payload": {}, "dependencies":
                 [{"id": "first", "ifFails": "run"}, {"ifFails": "Cancel", "id": "0002"}]}
                """);
        assertThat(job.dependencies().names()).containsExactly("first");
        assertThat(job.dependencies().namePolicies()).containsExactly(Map.entry("first", DependencyPolicy.RUN));
        assertThat(job.dependencies().ids()).containsExactly(STORED);
        assertThat(job.dependencies().policies()).containsExactly(Map.entry(STORED, DependencyPolicy.CANCEL));
        assertThat(job.ifDependencyFails()).isEqualTo(DependencyPolicy.FAIL);
    }

    @Test
    void anEndJobRunsWhateverCameOfItsGroupUnlessItSaysOtherwise() {
        String end = "{\"type\": \"echo\", \"payload\": {}, \"endsGroup\": \"night\"";
        assertThat(read(end + "}").ifDependencyFails()).isEqualTo(DependencyPolicy.RUN);
        assertThat(read(end + ", \"ifDependencyFails\": \"fail\"}").ifDependencyFails())
                .isEqualTo(DependencyPolicy.FAIL);
    }

    @Test
    void whatIsNullIsLeftOut() {
        assertThat(read("{\"type\": \"echo\", \"payload\": {}, \"queue\": null}")
                        .routing()
                        .queue())
                .isNull();
    }

    private JobSpecification read(String json) {
        return reader.read("line 3", JsonReader.object("line 3", json), Set.of("first"));
    }
}
