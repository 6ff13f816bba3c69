// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** A payload is checked by the schema of a handler that only another host has. */
class SchemasElsewhereTest {

    private static final UUID SELF = new UUID(0, 1);

    private final WorkerFixture workers = new WorkerFixture();
    private final HandlerRegistry handlers = HandlerRegistry.of(Map.of(), workers.clock);

    @AfterEach
    void end() {
        workers.end();
    }

    private static HostHandler handler(String version, @Nullable String required) {
        String schema = required == null ? null : "{\"required\": [\"" + required + "\"]}";
        return new HostHandler("fax", new HandlerName(version, "com.acme.fax " + version), Set.of(), schema);
    }

    @Test
    void aTypeIsPrivilegedIfAnotherHostSaysSo() {
        others(handler("1.0.0", null));
        assertThat(handlers.isPrivileged("fax")).isFalse();
        others(
                new HostHandler("fax", new HandlerName("1.0.0", "b"), Set.of(), null, true, null, SlotKind.THREAD),
                handler("2.0.0", null));
        assertThat(handlers.isPrivileged("fax")).isTrue();
    }

    @Test
    void anotherHostTellsWhichFormThePayloadsOfItsVersionHave() {
        HandlerName name = new HandlerName("2.1.0", "com.acme.fax 2.1.0");
        others(new HostHandler("fax", name, Set.of(), null, false, "2.0.0", SlotKind.THREAD), handler("1.0.0", null));
        assertThat(handlers.payloadForm("fax", name)).contains("2.0.0");
        assertThat(handlers.payloadForm("fax", new HandlerName("1.0.0", "com.acme.fax 1.0.0")))
                .isEmpty();
    }

    private void others(HostHandler... offered) {
        HostOffer offer = new HostOffer(new Slots(4, 0), List.of(offered), false, "1");
        handlers.elsewhere.follow(new Hosts(
                SELF,
                List.of(
                        new HostIncarnation(SELF, "here", Instant.EPOCH, null, true, HostOffer.NOTHING, null),
                        new HostIncarnation(new UUID(0, 2), "there", Instant.EPOCH, null, false, offer, null))));
    }

    private List<String> problems(@Nullable String range) {
        return handlers.problems("fax", range, "{}").stream()
                .map(FieldProblem::message)
                .toList();
    }

    @Test
    void theHighestVersionThatTheJobAllowsSays() {
        assertThat(problems(null)).isEmpty();
        others(handler("1.0.0", "to"), handler("10.0.0", "number"), handler("2.0.0", null));
        assertThat(problems(null)).containsExactly("number is required for fax jobs");
        assertThat(problems("[1,2)")).containsExactly("to is required for fax jobs");
        assertThat(problems("[2,3)")).isEmpty();
        assertThat(problems("[3,4)")).isEmpty();
        assertThat(handlers.schema("fax", "[1,2)")).contains("{\"required\": [\"to\"]}");

        others();
        assertThat(problems(null)).isEmpty();
    }

    @Test
    void aHandlerOfThisHostGoesFirst() {
        others(handler("9.0.0", "to"));
        handlers.all.add(workers.handle("fax", context -> Map.of()));
        assertThat(problems(null)).isEmpty();
    }

    @Test
    void aSchemaThatIsNoneHoldsNobodyUp() {
        others(new HostHandler("fax", new HandlerName("1.0.0", "b"), Set.of(), "{\"type\": 7}"));
        assertThat(problems(null)).isEmpty();
    }

    @Test
    void whatTheTypesConfigurationLeavesOutIsNotAskedElsewhereEither(@TempDir Path directory) {
        others(handler("1.0.0", "to"), handler("2.0.0", "number"));
        assertThat(handlers.madeFor("fax", null)).contains(new HandlerName("2.0.0", "com.acme.fax 2.0.0"));

        handlers.types.bind(new ConfiguredType(
                new FakeInstance(directory),
                new HashMap<>(Map.of("service.pid", "io.jobyard.types~fax", "canary", "2:5 %"))));
        assertThat(handlers.madeFor("fax", null)).contains(new HandlerName("1.0.0", "com.acme.fax 1.0.0"));
        assertThat(problems(null)).containsExactly("to is required for fax jobs");
        assertThat(problems("[2,3)")).as("by the job's own range").containsExactly("number is required for fax jobs");
    }

    @Test
    void aJobMayGetTheHighestVersionOfThisHostAndTheHighestOfOthers() {
        handlers.all.add(workers.handle("fax", context -> Map.of()));
        others(handler("1.4.0", null), handler("1.5.0", null));
        assertThat(handlers.offered(job(null))).map(Version::toString).containsExactly("1.0.0", "1.5.0");
        assertThat(handlers.offered(job("[1.2,1.5)"))).map(Version::toString).containsExactly("1.4.0");
        assertThat(handlers.offered(job("[2,3)"))).isEmpty();
    }

    private Job job(@Nullable String range) {
        return workers.assignment("fax", range, "{}").stored().job();
    }
}
