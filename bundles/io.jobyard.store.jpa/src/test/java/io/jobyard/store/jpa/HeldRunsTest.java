// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only host of a database remembers what it runs, and what it remembers is what is stored. */
class HeldRunsTest {

    private static final String COMMITTER = "jobyard-committer-1";

    @TempDir
    private Path folder;

    private final Queue<String> questions = new ConcurrentLinkedQueue<>();
    private volatile boolean losesAnswer;
    private volatile boolean refusesCommit;
    private DerbyStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder, this::carry);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Object carry(Call call) throws Throwable {
        boolean isCommitters = Thread.currentThread().getName().equals(COMMITTER);
        if (isCommitters && call.name().equals("executeQuery")) {
            questions.add(call.sql());
        }
        boolean isCommit = isCommitters && call.isCommit();
        if (isCommit && refusesCommit) {
            refusesCommit = false;
            call.rollBack();
            throw new SQLException("the commit fails on purpose", "40001");
        }
        Object answer = call.make();
        if (isCommit && losesAnswer) {
            losesAnswer = false;
            throw new SQLException("the answer is lost on purpose", "08006");
        }
        return answer;
    }

    private Assignment run() {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).join();
        Move start = Moves.start(job.stored(), store.jobs());
        assertThat(store.jobs().move(start, null).join()).isTrue();
        return new Assignment(start.after(), "{}", null);
    }

    private boolean keep(Assignment run, int number) {
        StoredStep step = StoredStep.done(number, "step " + number, 1, Draft.T0, Draft.T0, "1");
        return store.work().keep(run, List.of(step), RunOutput.NONE).join();
    }

    @Test
    void aStepIsStoredWithoutAQuestionToTheDatabase() {
        Assignment run = run();
        questions.clear();
        assertThat(keep(run, 1)).isTrue();
        assertThat(keep(run, 2)).isTrue();
        assertThat(questions).isEmpty();
    }

    @Test
    void aRunWhoseEndIsStoredKeepsNothingMoreAlthoughTheAnswerWasLost() {
        Assignment run = run();
        losesAnswer = true;
        assertThat(store.jobs().move(Moves.complete(run.stored(), "{}"), null).join())
                .isTrue();
        assertThat(keep(run, 1)).isFalse();
    }

    @Test
    void aRunGoesOnKeepingAfterACommitThatCameToNothing() {
        Assignment run = run();
        refusesCommit = true;
        assertThat(keep(run, 1)).isTrue();
        assertThat(keep(run, 2)).isTrue();
        assertThat(store.work().steps(run.stored().id())).hasSize(2);
    }
}
