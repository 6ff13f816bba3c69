// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.jpa.NthCall.Kind;
import io.jobyard.store.jpa.NthCall.Mode;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every call to the database fail in turn, in every way, and compares what callers were told with what is stored.
 * By default each life fails at one call in so many, another one each time; {@code -Djobyard.nth.step=1} tries all.
 */
class NthCallTest {

    private static final Logger LOG = LoggerFactory.getLogger(NthCallTest.class);

    @TempDir
    private Path folder;

    EmbeddedKind database() {
        return EmbeddedKind.DERBY;
    }

    @ParameterizedTest
    @CsvSource({
        "FAILS, OTHER",
        "FAILS, LOST",
        "FAILS, FULL",
        "FAILS, CONFLICT",
        "AWAY, LOST",
        "MADE, OTHER",
        "MADE, LOST",
        "MADE, FULL",
        "MADE, CONFLICT"
    })
    void whateverCallFailsNothingIsLostAndNothingHappensTwice(Mode mode, Kind kind) throws Exception {
        int step = Integer.getInteger("jobyard.nth.step", 40);
        int first = Integer.getInteger("jobyard.nth.first", 1 + new Random().nextInt(step));
        LOG.info("{} {}: every {}th call from {}", mode, kind, step, first);
        NthCall wire = new NthCall(mode, kind, database());
        int lives = 0;
        try (DatabaseFixture rig = new DatabaseFixture(database(), folder, wire)) {
            int nth = first;
            for (; live(rig, wire, nth); nth += step) {
                lives++;
            }
            LOG.info("{} {}: {} lives, the last failed before call {}", mode, kind, lives, nth);
        }
        assertThat(lives).isPositive();
    }

    /** Whether it came to the nth call. */
    private static boolean live(DatabaseFixture rig, NthCall wire, int nth) throws Exception {
        rig.clear();
        Script script = new Script(rig);
        Books books = new Books(rig, script.told());
        wire.arm(nth, rig::breakAll);
        try {
            script.live(books);
            script.liveOn(books);
            books.audit();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("when call " + nth + " fails, " + wire.failed() + ": " + e.getMessage(), e);
        } finally {
            wire.disarm();
        }
        return wire.failed() != null;
    }
}
