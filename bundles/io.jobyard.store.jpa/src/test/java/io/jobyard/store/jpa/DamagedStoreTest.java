// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that cannot be read ends the store's work: one line says so, and the database is left alone. */
class DamagedStoreTest {

    private static final String RESTORE = "; stop the host and restore a backup with 'bin/jobyard restore DIR'";

    @TempDir
    private Path folder;

    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new DerbyStore(in, wire);
    }

    /** What the database says. */
    SQLException damage() {
        return new SQLException(
                "Invalid checksum on Page Page(7,Container(0, 16)), page dump follows: " + "00 ".repeat(50_000),
                "XSDG2");
    }

    /** The call by which the check of a table reaches the database. */
    String checkCall() {
        return "prepareStatement";
    }

    /** What users are told, as a pattern. */
    String line() {
        return "the database is damaged \\((table \\w+, )?page 7 of seg0/c10\\.dat, Derby says XSDG2\\)";
    }

    private final AtomicInteger calls = new AtomicInteger();
    private volatile String damagedAt = "";

    @Test
    void aReaderThatMeetsItEndsTheWritingToo() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            JobId id = admitted(store);
            damagedAt = "executeQuery";
            isRefused(() -> store.reads().jobs(List.of(id)));
            isFinished(store, id);
        }
    }

    @Test
    void theWriterThatMeetsItEndsTheReadingToo() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            JobId id = admitted(store);
            damagedAt = "executeBatch";
            isRefused(store.jobs().admit(List.of(Draft.job().admitted())));
            isFinished(store, id);
        }
    }

    @Test
    void theCheckThatMeetsItEndsBoth() throws Exception {
        try (EmbeddedStore store = open(folder, this::carry)) {
            JobId id = admitted(store);
            damagedAt = checkCall();
            isRefused(() -> store.maintenance().check());
            isFinished(store, id);
        }
    }

    private static JobId admitted(EmbeddedStore store) throws Exception {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).get(60, TimeUnit.SECONDS);
        return job.stored().id();
    }

    private void isFinished(EmbeddedStore store, JobId id) {
        damagedAt = "";
        int before = calls.get();
        isRefused(() -> store.reads().jobs(List.of(id)));
        isRefused(() -> store.reads().job(id));
        isRefused(store.jobs().admit(List.of(Draft.job().admitted())));
        isRefused(store.limits().served(List.of("echo")));
        assertThat(calls).as("statements").hasValue(before);
        assertThat(store.examine()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).matches(line() + " \\(since .*").hasSizeLessThan(300);
            assertThat(finding.fix()).contains("bin/jobyard restore DIR");
        });
    }

    private void isRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
        assertThatThrownBy(question).isInstanceOf(StoreException.class).hasMessageMatching(line() + RESTORE);
    }

    private void isRefused(CompletableFuture<?> change) {
        assertThat(change)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class)
                .satisfies(
                        refusal -> assertThat(refusal.getMessage()).matches(line() + RESTORE + "; nothing was stored"));
    }

    private Object carry(Call call) throws Throwable {
        if (call.name().startsWith("execute")) {
            calls.incrementAndGet();
        }
        if (call.name().equals(damagedAt)) {
            throw damage();
        }
        return call.make();
    }
}
