// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.GraphJob;
import io.jobyard.api.Job;
import io.jobyard.api.JobGraph;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphReportsTest {

    private static final Predicate<Job> ALL = job -> true;

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final GraphReports graphs = new GraphReports(records.store);

    private JobId child(JobId... parents) {
        return records.child(List.of(parents), parents.length).id();
    }

    private static Map<JobId, Integer> distances(JobGraph graph) {
        return graph.jobs().stream().collect(Collectors.toMap(each -> each.job().id(), GraphJob::distance));
    }

    @Test
    void bothSidesAreWalkedToTheirEnds() {
        JobId first = records.admit(null, 5);
        JobId other = records.admit(null, 5);
        JobId second = child(first, other);
        JobId third = child(second);
        JobId last = child(third, first);

        JobGraph graph = graphs.around(second, 10, ALL);

        assertThat(distances(graph)).isEqualTo(Map.of(second, 0, first, -1, other, -1, third, 1, last, 2));
        assertThat(graph.jobs().get(0).job().id()).isEqualTo(second);
        assertThat(graph.notShown()).isZero();
        assertThat(graph.jobs())
                .filteredOn(each -> each.job().id().equals(last))
                .singleElement()
                .satisfies(each -> assertThat(each.waitsFor()).containsExactlyInAnyOrder(third, first));
    }

    @Test
    void noMoreThanAskedForAreShownAndTheRestIsCounted() {
        JobId middle = records.admit(null, 5);
        for (int i = 0; i < 7; i++) {
            child(middle);
        }

        JobGraph graph = graphs.around(middle, 3, ALL);

        assertThat(graph.jobs()).hasSize(4);
        assertThat(graph.notShown()).isEqualTo(4);
    }

    @Test
    void whatTheCallerMayNotSeeIsNoWayOn() {
        JobId first = records.admit(null, 5);
        JobId second = child(first);
        JobId third = child(second);

        JobGraph graph = graphs.around(third, 10, job -> !job.id().equals(second));

        assertThat(distances(graph)).isEqualTo(Map.of(third, 0));
        assertThat(graph.notShown()).isEqualTo(1);
        assertThat(graph.jobs().get(0).waitsFor()).isEmpty();
    }

    @Test
    void aBadQuestionIsAnsweredInALine() {
        JobId id = records.admit(null, 5);
        assertThatThrownBy(() -> graphs.around(id, 0, ALL))
                .isInstanceOf(ValidationException.class)
                .hasMessage("limit = 0 is out of range: use 1 to 200");
        assertThatThrownBy(() -> graphs.around(new JobId(new UUID(9, 9)), 1, ALL))
                .isInstanceOf(JobNotFoundException.class);
    }
}
