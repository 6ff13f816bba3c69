// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What becomes of jobs in a store, and of their rows by the hand of somebody else. */
public final class JobLivesFixture {

    private final DerbyStore store;

    public JobLivesFixture(DerbyStore store) {
        this.store = store;
    }

    public StoredJob running() {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).join();
        return move(Moves.start(job.stored(), store.jobs()));
    }

    public StoredJob completed() {
        return move(Moves.complete(running(), "{}"));
    }

    /** With pages. */
    public StoredJob longLived() {
        StoredJob job = running();
        for (int n = 0; n < 60; n++) {
            job = move(Moves.start(move(Moves.queue(job)), store.jobs()));
        }
        return move(Moves.complete(job, "{}"));
    }

    public StoredJob move(Move move) {
        assertThat(store.jobs().move(move, null).join()).isTrue();
        return move.after();
    }

    public void change(String... changes) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : changes) {
                statement.execute(sql);
            }
        }
    }

    /** As SQL has it. */
    public static String hex(JobId id) {
        return "X'" + Books.hex(id) + "'";
    }
}
