// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jobs that a job has submitted and waits for. */
interface ChildConformance extends Conformance {

    private static List<AdmittedJob> drafts(int count) {
        return Stream.generate(() -> Draft.job().admitted()).limit(count).toList();
    }

    private static List<JobId> ids(List<AdmittedJob> children) {
        return children.stream().map(child -> child.stored().id()).toList();
    }

    private static StoredStep wait(int run, List<AdmittedJob> children) {
        return StoredStep.begun(1, "children 1", StepKind.CHILDREN, run, Draft.T0, null, null)
                .of(ids(children));
    }

    private boolean rest(StoredJob parent, StoredStep wait) {
        return done(work().rest(Moves.awaitChildren(parent, Set.copyOf(wait.children())), Moves.queue(parent), wait));
    }

    private void end(JobId child, boolean well) {
        StoredJob running = move(Moves.start(read(child), jobs()));
        assertThat(done(jobs().move(
                                well ? Moves.complete(running, "{\"ok\":1}") : Moves.fail(running, "broken"),
                                Moves::release)))
                .isTrue();
    }

    @Test
    default void aWaitForChildrenThatIsOpenAgainHasNoValueAndGetsAnother() {
        Assignment run = run();
        JobId id = run.stored().id();
        StoredStep wait = wait(1, drafts(2));
        done(work().keep(run, List.of(wait), RunOutput.NONE));
        for (String value : List.of("[\"" + "x".repeat(20_000) + "\"]", "[1]", "[\"" + "y".repeat(20_000) + "\"]")) {
            StoredStep over = wait.ended(Draft.T0, null, value);
            assertThat(done(work().end(run, over, RunOutput.NONE))).isTrue();
            assertThat(work().value(id, 1)).contains(value);
            assertThat(done(work().end(run, over.reopened(), RunOutput.NONE))).isTrue();
            assertThat(work().steps(id)).containsExactly(wait);
            assertThat(work().value(id, 1)).isEmpty();
            assertThat(work().children(List.of(id))).containsOnlyKeys(id);
        }
    }

    private List<StoredJob> remove(StoredJob... jobs) {
        try (JobRemoval removal = jobs().removal()) {
            List<StoredJob> promised = removal.removable(List.of(jobs));
            List<StoredJob> gone = done(removal.remove(List.of(jobs)));
            assertThat(gone).isEqualTo(promised);
            return gone;
        }
    }

    @Test
    default void childrenAndTheWaitForThemAreStoredTogether() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(3);
        Recorder heard = Recorder.on(under());
        assertThat(done(work().admit(run, wait(1, children), children))).isTrue();

        reads().awaitListeners();
        assertThat(heard.changes())
                .extracting(Committed::after)
                .extracting(after -> after.id())
                .containsExactlyElementsOf(ids(children));
        assertThat(work().steps(run.stored().id())).containsExactly(wait(1, children));
        assertThat(children).allMatch(child -> read(child.stored().id()).equals(child.stored()));
    }

    @Test
    default void aJobOfARunAndTheStepWithItsIdAreStoredTogether() {
        Assignment run = run();
        JobId id = run.stored().id();
        AdmittedJob other = Draft.job().admitted();
        StoredStep step = StoredStep.begun(1, "submit 1", StepKind.STEP, 1, Draft.T0, null, null)
                .ended(Draft.T0, null, "\"" + other.stored().id() + "\"");
        assertThat(done(work().admit(run, step, List.of(other)))).isTrue();

        assertThat(work().steps(id)).containsExactly(step);
        assertThat(work().children(List.of(id))).isEmpty();
        assertThat(read(other.stored().id())).isEqualTo(other.stored());
        StoredStep known = StoredStep.begun(2, "submit 2", StepKind.STEP, 1, Draft.T0, null, null)
                .ended(Draft.T0, null, "\"" + other.stored().id() + "\"");
        assertThat(done(work().admit(run, known, List.of()))).isTrue();
        assertThat(work().steps(id)).containsExactly(step, known);
    }

    @Test
    default void whatCannotBeAdmittedLeavesNoWait() {
        admit(Draft.job().key("taken"));
        Assignment run = run();
        List<AdmittedJob> children =
                List.of(Draft.job().admitted(), Draft.job().key("taken").admitted());
        refused(work().admit(run, wait(1, children), children), KeyTakenException.class);
        assertThat(work().steps(run.stored().id())).isEmpty();
        assertThat(reads().job(ids(children).get(0))).isEmpty();

        List<AdmittedJob> others = drafts(1);
        assertThat(done(work().admit(run, wait(1, others), others))).isTrue();
    }

    @Test
    default void theParentGoesOnWhenAllHaveEndedHoweverTheyDo() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(3);
        done(work().admit(run, wait(1, children), children));
        List<JobId> ids = ids(children);
        assertThat(rest(run.stored(), wait(1, children))).isTrue();
        assertThat(read(run.stored().id()).reason()).isEqualTo(Reason.CHILDREN);
        assertThat(jobs().releases(10).parents()).isEmpty();

        end(ids.get(0), true);
        end(ids.get(1), false);
        assertThat(read(run.stored().id()).status()).isEqualTo(JobStatus.WAITING);
        assertThat(done(jobs().move(Moves.fail(read(ids.get(2)), "cancelled"), Moves::release)))
                .isTrue();
        assertThat(read(run.stored().id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(work().steps(run.stored().id())).containsExactly(wait(1, children));
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void aChildThatEndedBeforeTheParentRestsIsMarked() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(2);
        done(work().admit(run, wait(1, children), children));
        JobId first = ids(children).get(0);
        end(first, true);
        Recorder heard = Recorder.on(under());
        assertThat(rest(run.stored(), wait(1, children))).isTrue();

        assertThat(heard.changes()).singleElement().matches(Committed::releases);
        assertThat(jobs().releases(10).edges())
                .containsExactly(
                        new Edge(first, JobStatus.COMPLETED, run.stored().id()));
    }

    @Test
    default void manyChildrenReleaseTheirParentToo() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(JobStore.MAX_DEPENDENTS + 6);
        done(work().admit(run, wait(1, children), children));
        assertThat(work().steps(run.stored().id())).containsExactly(wait(1, children));
        rest(run.stored(), wait(1, children));
        under().restart();
        assertThat(work().steps(run.stored().id())).containsExactly(wait(1, children));
        ids(children).forEach(child -> end(child, true));
        assertThat(read(run.stored().id()).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    default void aParentThatRestsAgainFindsItsEdgesAsTheyShouldBe() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(2);
        done(work().admit(run, wait(1, children), children));
        rest(run.stored(), wait(1, children));
        StoredJob again = move(Moves.start(move(Moves.queue(read(run.stored().id()))), jobs()));
        assertThat(rest(again, wait(1, children)))
                .as("in addition to the remaining edges")
                .isTrue();

        ids(children).forEach(child -> end(child, true));
        assertThat(read(again.id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(read(again.id()).books().pending()).isZero();
    }

    @Test
    default void childrenStayUntilTheirResultsAreRead() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(2);
        StoredStep wait = wait(1, children);
        done(work().admit(run, wait, children));
        ids(children).forEach(child -> end(child, true));
        StoredJob child = read(ids(children).get(0));
        assertThat(remove(child)).isEmpty();
        rest(run.stored(), wait);
        jobs().releases(9).edges().forEach(edge -> move(Moves.release(read(edge.child()), edge.parent())));
        done(jobs().released(ids(children)));
        assertThat(remove(child)).as("the parent is ready again").isEmpty();

        Assignment next = runOf(move(Moves.start(read(run.stored().id()), jobs())));
        assertThat(remove(child)).isEmpty();
        done(work().end(next, wait.ended(Draft.T0, null, "[]"), RunOutput.NONE));
        assertThat(remove(child)).containsExactly(child);
        assertThat(work().steps(run.stored().id()).get(0).children()).isEqualTo(ids(children));
    }

    @Test
    default void childrenOfAJobThatHasEndedAreNotNeeded() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(2);
        done(work().admit(run, wait(1, children), children));
        end(ids(children).get(0), true);
        StoredJob child = read(ids(children).get(0));
        StoredJob failed = move(Moves.fail(run.stored(), "broken"));
        assertThat(remove(child)).containsExactly(child);

        StoredJob again = move(Moves.start(move(Moves.queue(failed)), jobs()));
        refused(
                work().rest(
                                Moves.awaitChildren(again, Set.copyOf(ids(children))),
                                Moves.queue(again),
                                wait(1, children)),
                StoreException.class);
        assertThat(read(again.id())).isEqualTo(again);
    }

    @Test
    default void aParentThatIsRemovedLeavesNothingToItsChildren() {
        Assignment run = run();
        List<AdmittedJob> children = drafts(2);
        done(work().admit(run, wait(1, children), children));
        rest(run.stored(), wait(1, children));
        StoredJob cancelled = move(Moves.fail(read(run.stored().id()), "cancelled"));
        assertThat(remove(cancelled)).containsExactly(cancelled);

        List<StoredJob> ended = new ArrayList<>();
        for (JobId child : ids(children)) {
            end(child, true);
            ended.add(read(child));
        }
        assertThat(jobs().releases(10).parents()).isEmpty();
        assertThat(remove(ended.toArray(StoredJob[]::new))).hasSize(2);
    }
}
