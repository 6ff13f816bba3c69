// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.jobs.LaneKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Which bundles are set aside, and what lets them back. */
class BundleQuarantineTest {

    private static final String GOOD = "com.acme.good 1.0.0";
    private static final String BAD = "com.acme.bad 1.0.0";

    @TempDir
    private Path data;

    private final WorkerFixture workers = new WorkerFixture();
    private int most = 3;

    @Test
    void aBundleThatAloneHadRunsAtSoManyLossesInARowIsSetAsideAlsoAfterARestart() {
        for (int loss = 1; loss < 3; loss++) {
            start(Set.of(BAD));
            assertThat(start().why(BAD)).isEmpty();
        }
        Quarantine third = start(Set.of(BAD));
        assertThat(third.why(BAD))
                .contains(
                        "the host crashed 3 times in a row with runs of only this bundle or by its System.exit, last at "
                                + WorkerFixture.START);
        assertThat(third.why("com.acme.bad 1.0.1")).isEmpty();

        Quarantine later = start(Set.of());
        assertThat(later.why(BAD)).isPresent();
        later.release("com.acme.bad");
        assertThat(later.why(BAD)).isEmpty();
        assertThat(start(Set.of(BAD)).why(BAD)).isEmpty();
    }

    @Test
    void aRowEndsWithAnOrderlyEndWithAnotherBundlesRunsAndAfterAnHour() {
        List<Set<String>> ends = List.of(Set.of(), Set.of(GOOD), Set.of(GOOD, BAD));
        for (Set<String> end : ends) {
            start(Set.of(BAD));
            start(Set.of(BAD));
            start(end);
            assertThat(start(Set.of(BAD)).why(BAD)).as("after %s", end).isEmpty();
            start(Set.of());
        }
        start(Set.of(BAD));
        start(Set.of(BAD));
        workers.pass(Duration.ofMinutes(61));
        assertThat(start(Set.of(BAD)).why(BAD)).isEmpty();
    }

    @Test
    void aBundleThatEndsTheProcessIsCountedByNameWhoeverElseHadRuns() {
        for (int exit = 1; exit < 3; exit++) {
            start().ended(Set.of(BAD));
            assertThat(start(Set.of()).why(BAD)).as("exit %s", exit).isEmpty(); // its run was charged, none was lost
            start().ended(Set.of(BAD));
            start(Set.of());
            start(Set.of());
        }
        start().ended(Set.of(BAD));
        start(Set.of()).ended(Set.of(BAD));
        start(Set.of()).ended(Set.of(BAD));
        assertThat(start(Set.of()).why(BAD))
                .hasValueSatisfying(why -> assertThat(why).startsWith("the host crashed 3 times in a row"));
        assertThat(start(Set.of()).why(GOOD)).isEmpty();
    }

    @Test
    void nobodyIsSetAsideForLossesIfTheSettingIsZero() {
        most = 0;
        for (int loss = 0; loss < 20; loss++) {
            assertThat(start(Set.of(BAD)).why(BAD)).isEmpty();
        }
        most = 20;
        assertThat(start().why(BAD)).isPresent();
    }

    @Test
    void aBundleThatKeepsThreadsIsSetAsideUntilItIsUpdatedOrTheHostEnds() {
        AtomicInteger changes = new AtomicInteger();
        Quarantine quarantine = start();
        quarantine.onChange(changes::incrementAndGet);
        quarantine.stuck(Set.of(BAD));
        assertThat(quarantine.why(BAD))
                .contains("as many threads were stuck as there are workers, some of them in this bundle, at "
                        + WorkerFixture.START);
        assertThat(quarantine.examine())
                .containsExactly(new Finding(
                                "quarantine",
                                "bundle " + BAD + " is quarantined: "
                                        + quarantine.why(BAD).orElseThrow(),
                                "update or release it")
                        .with(Remedy.RemedyKind.RELEASE_BUNDLE.of("com.acme.bad")));
        assertThat(start().why(BAD)).isEmpty();

        assertThat(quarantine.forget("com.acme.bad")).isTrue();
        assertThat(quarantine.why(BAD)).isEmpty();
        assertThat(changes).hasValue(2);
        assertThatThrownBy(() -> quarantine.release("com.acme.bad"))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("com.acme.bad is not quarantined");
    }

    @Test
    void itsLanesAreShutAndNoOthers() {
        Quarantine quarantine = start();
        Handlers handlers =
                new Handlers(type -> null, bundle -> quarantine.why(bundle).isPresent());
        handlers.add(handler("spam", "1.0.0", BAD));
        handlers.add(handler("spam", "0.9.0", GOOD));
        handlers.add(handler("work", "1.0.0", GOOD));
        QuarantineGate gate = new QuarantineGate(handlers, quarantine);
        assertThat(gate.open(lane("spam", null))).isTrue();

        quarantine.stuck(Set.of(BAD));

        assertThat(gate.open(lane("spam", null))).isFalse();
        assertThat(gate.detail(lane("spam", null))).startsWith("bundle com.acme.bad 1.0.0 is quarantined: as many");
        assertThat(gate.open(lane("spam", "[0.9,1)"))).isTrue();
        assertThat(gate.open(lane("work", null))).isTrue();
        assertThat(gate.open(lane("unknown", null))).isTrue();
        assertThat(handlers.infos()).extracting(HandlerInfo::state).containsExactly("quarantined", "active", "active");
    }

    @Test
    void aFileThatCannotBeReadSetsNobodyAside() throws Exception {
        Files.writeString(data.resolve("losses"), "com.acme.bad\\ 1.0.0=many\n");
        assertThat(start().examine()).isEmpty();
        assertThat(new HostLosses(data.resolve("losses")).read()).isEqualTo(Map.of());
    }

    /** A host that begins after one that ended so. */
    private Quarantine start(Set<String> bundles) {
        Quarantine quarantine = start();
        quarantine.hostBegan(bundles);
        return quarantine;
    }

    private Quarantine start() {
        return new Quarantine(() -> most, new HostLosses(data.resolve("losses")), workers.clock);
    }

    private static Handler handler(String type, String version, String bundle) {
        return new Handler(type, Version.parseVersion(version), bundle, 1, context -> Map.of(), WorkerFixture.TERMS);
    }

    private static LaneKey lane(String type, @Nullable String range) {
        return new LaneKey(null, 5, "alice", type, range, List.of(), false, false);
    }
}
