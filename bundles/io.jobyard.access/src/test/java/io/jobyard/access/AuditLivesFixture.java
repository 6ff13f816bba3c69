// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host's audit over several of its lives. */
abstract class AuditLivesFixture {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final UUID FIRST = new UUID(0, 3);
    /** Smaller than the first: what counts is who follows whom. */
    static final UUID SECOND = new UUID(0, 1);

    static final AuditSeal SEAL = new AuditSeal(new byte[32]);

    @TempDir
    Path data;

    final SettableClock clock = new SettableClock(START);
    InMemoryStore store = new InMemoryStore(FIRST, "here", START);
    AuditHeads heads;
    Audit audit;

    @BeforeEach
    void open() {
        heads = new AuditHeads(data.resolve("audit.heads"));
        audit = of(seen());
    }

    /** The store as the audit sees it. */
    AuditStore seen() {
        return store;
    }

    Audit of(AuditStore rows) {
        return new Audit(rows, SEAL, heads, clock);
    }

    /** One a minute. */
    void write(int rows) {
        for (int n = 0; n < rows; n++) {
            audit.add(new AuditEntry(clock.instant(), "user ann", "cancel", "job " + n, ""));
            clock.advance(Duration.ofMinutes(1));
        }
        audit.keepHead();
    }

    void nextLife(UUID life) {
        store = store.restart(life, "here", clock.instant());
        audit = of(seen());
    }
}
