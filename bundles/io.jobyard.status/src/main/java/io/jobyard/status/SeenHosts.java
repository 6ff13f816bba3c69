// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.DeployedFile;
import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.HostQueries;
import io.jobyard.api.HostStatus;
import io.jobyard.api.JobSample;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Load;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.Statistics;
import io.jobyard.spi.access.AccessRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts, as far as one caller may see them. */
interface SeenHosts extends HostQueries {

    CallerSight view();

    @Override
    default Statistics statistics() {
        view().require(AccessRule.OVERVIEW);
        Statistics now = view().all.statistics();
        return view().seesAll() ? now : ofSubmitter(now, view().caller.name());
    }

    @Override
    default Activity activity() {
        view().require(AccessRule.OVERVIEW);
        return view().all.activity();
    }

    @Override
    default List<Load> load() {
        view().require(AccessRule.OVERVIEW);
        return view().all.load();
    }

    @Override
    default List<JobSample> samples(SampleQuery query) {
        view().require(AccessRule.OVERVIEW);
        return view().all.samples.samples(query);
    }

    @Override
    default HostStatus.HostLoad slots() {
        view().require(AccessRule.OVERVIEW);
        return view().all.slots();
    }

    @Override
    default List<Finding> doctor() {
        view().require(AccessRule.DOCTOR);
        return view().all.doctor();
    }

    @Override
    default List<QueueStatus> queues() {
        view().require(AccessRule.OVERVIEW);
        return view().all.queue().overview().queues();
    }

    @Override
    default List<Pause> pauses() {
        view().require(AccessRule.OVERVIEW);
        return view().all.queue().overview().pauses();
    }

    @Override
    default List<LimitStatus> limits() {
        view().require(AccessRule.OVERVIEW);
        return view().sight.limits(view().all.queue().overview());
    }

    @Override
    default List<CanaryStatus> canaries() {
        view().require(AccessRule.OVERVIEW);
        return view().all.queue().canaries().statuses();
    }

    @Override
    default List<HostStatus> hosts() {
        view().require(AccessRule.OVERVIEW);
        return view().all.hosts();
    }

    @Override
    default List<HandlerStatus> handlers() {
        view().require(AccessRule.OVERVIEW);
        boolean submits = view().allows(AccessRule.SUBMIT, true);
        return view().all.handlers().stream()
                .map(handler -> submits
                                && view().access
                                        .allowsType(
                                                view().caller,
                                                handler.type(),
                                                view().all.isPrivileged(handler.type()))
                        ? handler
                        : handler.notSubmittable())
                .toList();
    }

    @Override
    default List<DeployedFile> deployed() {
        view().require(AccessRule.OVERVIEW);
        return view().all.examiners.deployed();
    }

    @Override
    default Optional<Map<String, Object>> schema(String type) {
        view().require(AccessRule.OVERVIEW);
        return view().all.schema(type);
    }

    /** Removes other submitters, which only callers who may see their jobs can see. */
    private static Statistics ofSubmitter(Statistics now, String submitter) {
        Long own = now.bySubmitter().get(submitter);
        return new Statistics(
                now.total(),
                now.byStatus(),
                now.byPriority(),
                now.queuedByPriority(),
                now.byQueue(),
                now.byType(),
                own == null ? Map.of() : Map.of(submitter, own),
                now.oldestReady());
    }
}
