// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Explanation;
import io.jobyard.api.GraphJob;
import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobGraph;
import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQueries;
import io.jobyard.api.JobQuery;
import io.jobyard.api.PendingJob;
import io.jobyard.api.Progress;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.AccessRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs, as far as one caller may see them. */
interface SeenJobs extends JobQueries {

    CallerSight view();

    @Override
    default Job status(JobId id) {
        return view().sight.shown(view().whole(id));
    }

    /** Finds only ids of jobs that the caller may see. A whole id needs no permission. */
    @Override
    default JobId resolve(String idOrEnding) {
        if (view().seesAll()) {
            return view().all.jobs.resolve(idOrEnding);
        } else if (!IdEnding.isWhole(idOrEnding)) {
            view().require(AccessRule.VIEW, view().caller.name(), "jobs");
        }
        return view().all.jobs.resolve(idOrEnding, view().caller.name());
    }

    @Override
    default JobPage find(JobQuery query) {
        JobPage page = view().all.jobs.find(query.withFilter(view().seen(query.filter())));
        return new JobPage(
                page.jobs().stream().map(view().sight::shown).toList(), page.next(), page.lookedBackTo(), page.asOf());
    }

    @Override
    default JobFacets facets(JobFilter filter) {
        return view().all.jobs.facets(view().seen(filter));
    }

    @Override
    default List<PendingJob> pending(JobFilter filter, int limit) {
        view().require(AccessRule.OVERVIEW);
        if (limit < 1 || limit > PendingJob.MOST) {
            throw new ValidationException(
                    "limit = " + limit + " is out of range: use 1 to " + PendingJob.MOST + " for ready jobs");
        }
        return PendingJobs.of(view().all.queue(), view().all.store, view().seen(filter), limit).stream()
                .map(pending -> new PendingJob(
                        pending.position(),
                        view().sight.shown(pending.job()),
                        view().sight.shown(pending.job(), pending.blockedBy())))
                .toList();
    }

    @Override
    default String queue(Job job) {
        view().require(AccessRule.VIEW, job);
        return view().all.jobs.queue(job);
    }

    @Override
    default List<JobId> dependencies(JobId id) {
        return view().all.jobs.dependencies(view().seen(id));
    }

    @Override
    default JobGraph graph(JobId id, int limit) {
        JobGraph graph = view().all
                .graphs
                .around(view().seen(id), limit, job -> view().allows(AccessRule.VIEW, view().isOwn(job)));
        return new JobGraph(
                graph.jobs().stream()
                        .map(one -> new GraphJob(view().sight.shown(one.job()), one.distance(), one.waitsFor()))
                        .toList(),
                graph.notShown());
    }

    @Override
    default JobGroup group(String name, @Nullable String submitter) {
        String owner = submitter == null ? view().caller.name() : submitter;
        if (!view().seesAll()) {
            view().require(AccessRule.OVERVIEW);
            view().require(AccessRule.VIEW, owner, "jobs");
        }
        return view().all.jobs.group(owner, name);
    }

    @Override
    default List<JobId> endedBecauseOf(JobId id, int limit) {
        List<JobId> ended = view().all.jobs.endedBecauseOf(view().seen(id), limit);
        return view().seesAll()
                ? ended
                : view().all.jobs.ofSubmitter(ended, view().caller.name());
    }

    @Override
    default Explanation explain(JobId id) {
        Job job = view().whole(id);
        Explanation whole = view().all.jobs.explain(id);
        return new Explanation(
                whole.id(), whole.status(), whole.detail(), view().sight.shown(job, whole.blockedBy()));
    }

    @Override
    default Optional<Progress> progress(JobId id) {
        return view().all.jobs.progress(view().seen(id));
    }
}
