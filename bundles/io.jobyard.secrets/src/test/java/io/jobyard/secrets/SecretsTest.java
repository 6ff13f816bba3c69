// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobInvocation;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.LastGood;
import io.jobyard.spi.access.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on its way through the interceptor. */
class SecretsTest {

    private static final String REFERENCE = "${secret:openai}";

    @TempDir
    private Path directory;

    private final SecretPolicies policies = new SecretPolicies(pid -> LastGood.none());
    private final List<String> log = new ArrayList<>();
    private final List<Object> told = new ArrayList<>();
    /** The places that the schema marks with other keywords. */
    private final Map<String, Set<String>> uses = new HashMap<>();
    /** Who gives the run the secrets that it asks for. */
    private UnaryOperator<String> asked = name -> {
        throw new AssertionError("nobody gives secrets");
    };

    @BeforeEach
    void write() throws Exception {
        Path file = Files.writeString(directory.resolve("openai"), "t0ps3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aMarkedFieldUnderAPolicyGetsTheSecretAndWhatTheRunTellsIsRedacted() throws Exception {
        policies.update(
                "io.jobyard.secrets~p",
                Map.of(
                        "service.pid", "io.jobyard.secrets~p",
                        "secrets", "openai",
                        "types", "call_api",
                        "bundles", "com.acme.api",
                        "roles", "reports"));
        run(Map.of("token", REFERENCE, "n", 1), Set.of("/token"));
        assertThat(told)
                .containsExactly(
                        "redacted: t0ps3cret as " + REFERENCE, Map.of("token", "t0ps3cret", "n", 1), "handled");
        assertThat(log).isEmpty();
    }

    @Test
    void aSecretThatAPolicyAllowsToSignWithIsNotSent() throws Exception {
        policies.update(
                "io.jobyard.secrets~p",
                Map.of(
                        "service.pid", "io.jobyard.secrets~p",
                        "secrets", "openai",
                        "uses", "sign",
                        "origins", "https://shop.example.com"));
        Set<String> marked = Set.of("/sign/secret", "/headers/a");
        uses.put("x-jobyard-secret-sign", Set.of("/sign/secret"));
        uses.put("x-jobyard-secret-header", Set.of("/headers/a"));
        uses.put("x-jobyard-secret-destination", Set.of("/url"));
        Map<String, Object> sign = Map.of("secret", REFERENCE);

        run(Map.of("url", "https://shop.example.com/hooks", "sign", sign), marked);
        assertThat(told).last().isEqualTo("handled");
        assertRefused(
                Map.of("url", "https://shop.example.com/hooks", "sign", sign, "headers", Map.of("a", REFERENCE)),
                marked,
                "use it as header for https://shop.example.com in");
        assertRefused(
                Map.of("url", "https://evil.example.com", "sign", sign),
                marked,
                "use it as sign for https://evil.example.com in");
        assertRefused(
                Map.of("url", "https://shop.example.com@evil.example.com", "sign", sign),
                marked,
                "use it as sign for no known origin in");
        assertThatThrownBy(() -> asked.apply("openai")).hasMessageContaining("use it in bundle");
    }

    private void assertRefused(Map<String, Object> payload, Set<String> marked, String why) {
        told.clear();
        assertThatThrownBy(() -> run(payload, marked))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining(why);
        assertThat(told).doesNotContain("handled");
    }

    @Test
    void withoutAPolicyTheRunFailsBeforeItsHandler() {
        assertThatThrownBy(() -> run(Map.of("token", REFERENCE), Set.of("/token")))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("secret openai: no policy lets call_api jobs of ann (roles: reports) use it in"
                        + " bundle com.acme.api");
        assertThat(told).isEmpty();
    }

    @Test
    void aFieldThatIsNotMarkedKeepsItsTextAndTheJobsLogSaysSo() throws Exception {
        run(Map.of("text", REFERENCE), Set.of());
        assertThat(told).containsExactly("handled");
        assertThat(log)
                .containsExactly(
                        "${secret:openai} at /text is not resolved: the schema of call_api does not mark this field with"
                                + " \"x-jobyard-secret\"");
    }

    @Test
    void ofAPayloadWithoutAReferenceTheSchemaIsNotAsked() throws Exception {
        run(Map.of("text", "see ${secret:openai}"), null);
        assertThat(told).containsExactly("handled");
        assertThat(log).isEmpty();
    }

    @Test
    void manyReferencesDoNotFillTheJobsLog() throws Exception {
        run(Map.of("texts", Collections.nCopies(1000, REFERENCE)), Set.of());
        assertThat(log).hasSize(11).last().isEqualTo("990 more references are not resolved, for the same reason");
    }

    @Test
    void aSecretThatIsAskedForByNameUnderAPolicyIsGivenOnceTheRunIsRedactedOfIt() throws Exception {
        policies.update("io.jobyard.secrets~p", Map.of("service.pid", "io.jobyard.secrets~p", "secrets", "openai"));
        run(Map.of(), null);
        assertThat(told).containsExactly("handled");
        assertThat(asked.apply("openai")).isEqualTo("t0ps3cret");
        assertThat(told).containsExactly("handled", "redacted: t0ps3cret as " + REFERENCE);
    }

    @Test
    void withoutAPolicyNoSecretIsGivenByName() throws Exception {
        run(Map.of(), null);
        assertThatThrownBy(() -> asked.apply("openai"))
                .isInstanceOfSatisfying(
                        RetryableException.class,
                        refused -> assertThat(refused.delay()).isEqualTo(Duration.ofSeconds(30)))
                .hasMessageContaining("secret openai: no policy lets call_api jobs of ann (roles: reports) use it in"
                        + " bundle com.acme.api");
        assertThat(told).containsExactly("handled");
    }

    private void run(Map<String, Object> payload, @Nullable Set<String> marked) throws Exception {
        Access access = Stub.<Access>of(Access.class)
                .on("roles", arguments -> {
                    assertThat(arguments).containsExactly("ann");
                    return Set.of("reports");
                })
                .get();
        new Secrets(policies, () -> new SecretFiles(directory), access).around(new Passage(payload, marked));
    }

    /** A run of ann's job in a handler of com.acme.api. */
    private final class Passage implements JobInvocation {

        private final Map<String, Object> payload;
        private final @Nullable Set<String> marked;

        Passage(Map<String, Object> payload, @Nullable Set<String> marked) {
            this.payload = payload;
            this.marked = marked;
        }

        @Override
        public JobContext context() {
            return Stub.<JobContext>of(JobContext.class)
                    .with("job", SecretsTest.job())
                    .with("payload", payload)
                    .on("log", arguments -> {
                        log.add((String) arguments[0]);
                        return null;
                    })
                    .get();
        }

        @Override
        public String handlerBundle() {
            return "com.acme.api";
        }

        @Override
        public Set<String> marked(String keyword) {
            return keyword.equals("x-jobyard-secret")
                    ? Objects.requireNonNull(marked)
                    : uses.getOrDefault(keyword, Set.of());
        }

        @Override
        public void payload(Map<String, Object> other) {
            told.add(other);
        }

        @Override
        public void redact(UnaryOperator<String> redaction) {
            throw new AssertionError("the host knows how to find a secret");
        }

        @Override
        public void redact(String secret, String shown) {
            told.add("redacted: " + secret + " as " + shown);
        }

        @Override
        public void secrets(UnaryOperator<String> source) {
            asked = source;
        }

        @Override
        public Map<String, Object> proceed() {
            told.add("handled");
            return Map.of();
        }
    }

    private static Job job() {
        JobTerms terms = new JobTerms(
                "call_api",
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                JobStatus.RUNNING,
                null,
                Instant.EPOCH,
                null,
                null,
                new JobState.RunState(1, 1, null, "here", null, null));
        return new Job(new JobId(new UUID(0, 1)), "ann", Instant.EPOCH, terms, state);
    }
}
